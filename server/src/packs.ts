import ketamine from '../packs/ketamine.yaml';
import language from '../packs/language.yaml';
import { readPack, type Pack } from './core/pack';

/** The packs that come with the program; a drug more is a file more and a line here. */
export function builtinPacks(): Pack[] {
  return [ketamine, language].flatMap((data) => readPack(data).pack ?? []);
}

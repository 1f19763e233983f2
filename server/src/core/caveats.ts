import { keeping, type Said } from './kept';
import type { Pack } from './pack';

const known = new WeakMap<readonly Pack[], (text: string | Said) => boolean>();

/** Tells of texts whether they are words of the packs' own caveats; what is short says too little to be known by. */
export function standardWords(packs: readonly Pack[]): (text: string | Said) => boolean {
  let standard = known.get(packs);
  if (!standard) {
    const caveats = packs.flatMap(({ disclosures }) => disclosures).flatMap(({ caveat }) => [caveat.us, caveat.uk]);
    known.set(packs, standard = keeping((text) => text.length > 20 && caveats.some((caveat) => caveat.includes(text))));
  }
  return standard;
}

import * as v from 'valibot';
import type { Config } from '../core/index';

/** What the section `caveat` of an editor's settings says for one document. */
export interface Settings {
  readonly enable: boolean;
  /** Ids of the packs to use; empty: all. */
  readonly packs: readonly string[];
  readonly config: Config;
  /** Names of bibliographies, seen from the workspace's folders; empty: those that a document names or that lie beside it. */
  readonly bibliography: readonly string[];
}

// Settings are typed by people: a value that makes no sense counts as not set, and the others hold.
const lenient = <S extends v.GenericSchema>(schema: S) => v.fallback(v.optional(schema), undefined);
const words = lenient(v.array(v.string()));
const level = v.picklist(['error', 'warning', 'information', 'hint', 'off']);

const Section = v.fallback(v.object({
  enable: lenient(v.boolean()),
  audience: lenient(v.picklist(['patient', 'clinician', 'scholarly'])), // 'auto' is not set
  region: lenient(v.picklist(['us', 'uk'])),
  severities: lenient(v.record(v.string(), v.fallback(v.optional(level), undefined))),
  citations: lenient(v.object({ reach: lenient(v.picklist(['sentence', 'paragraph', 'section'])) })),
  disclosures: lenient(v.object({ require: words, ignore: words })),
  packs: words,
  bibliography: words,
}), {});

/** Reads the section, whatever was put there. */
export function readSettings(section: unknown): Settings {
  const { enable, audience, region, severities, citations, disclosures, packs, bibliography } = v.parse(Section, section);
  const rules = Object.fromEntries(Object.entries(severities ?? {}).flatMap(([rule, severity]) => severity ? [[rule, severity] as const] : []));
  return { enable: enable ?? true, packs: packs ?? [], bibliography: bibliography ?? [], config: { audience, region, rules, citations, disclosures } };
}

/** Settings by document, each fetched once and kept as a promise until the settings change or the document closes. */
export function settingsStore(fetch: (uri: string) => Promise<unknown>) {
  const known = new Map<string, Promise<Settings>>();
  return {
    get(uri: string): Promise<Settings> {
      const kept = known.get(uri);
      if (kept) return kept;
      const fresh = fetch(uri).then(readSettings);
      known.set(uri, fresh);
      // An answer that did not come is asked for again the next time.
      fresh.catch(() => { if (known.get(uri) === fresh) known.delete(uri); });
      return fresh;
    },
    forget(uri: string): void { known.delete(uri); },
    clear(): void { known.clear(); },
  };
}

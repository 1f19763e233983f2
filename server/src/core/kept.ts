let epoch = 0;

/** Drops all that is kept: what is asked for next is made from scratch, as a test may want it. */
export const forget = (): void => { epoch++; };

/**
 * What was made of a text, kept by the text, so that a keystroke makes anew only what it touched. Two generations: when
 * the young one is full it becomes the old one, and what is not asked for again is dropped with the next.
 */
export class Kept<T> {
  #young = new Map<string, T>();
  #old = new Map<string, T>();
  #room: number;
  #epoch = epoch;

  /** @param size characters of text that a generation holds */
  constructor(readonly size = 1_000_000) {
    this.#room = size;
  }

  get(text: string): T | undefined {
    if (this.#epoch !== epoch) {
      this.#epoch = epoch;
      this.#young = new Map();
      this.#old = new Map();
    }
    let value = this.#young.get(text);
    if (value === undefined && (value = this.#old.get(text)) !== undefined) this.set(text, value);
    return value;
  }

  set(text: string, value: T): void {
    this.#room -= text.length + 60;
    if (this.#room < 0) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#room = this.size;
    }
    this.#young.set(text, value);
  }
}

/** A text with what was found out about it. Equal texts that are met again are one of these, and nothing is found out twice. */
export class Said {
  readonly facts: unknown[] = [];

  constructor(readonly text: string) {}
}

const said = new Kept<Said>(2_000_000);

export function saidOf(text: string): Said {
  let one = said.get(text);
  if (!one) said.set(text, one = new Said(text));
  return one;
}

let facts = 0;

/** A function of a text whose results are kept with the text. It must never give undefined. Quickest for what `saidOf` gave. */
export function keeping<T extends {} | null>(compute: (text: string) => T): (text: string | Said) => T {
  const fact = facts++;
  return (text) => {
    const one = typeof text === 'string' ? saidOf(text) : text;
    const known = one.facts[fact];
    return (known === undefined ? one.facts[fact] = compute(one.text) : known) as T;
  };
}

/** A function of a document, made once for each. */
export function perDocument<D extends object, T extends {} | null>(compute: (document: D) => T): (document: D) => T {
  const kept = new WeakMap<D, T>();
  return (document) => {
    let value = kept.get(document);
    if (value === undefined) kept.set(document, value = compute(document));
    return value;
  };
}

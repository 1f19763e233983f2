let epoch = 0;

/** Drops all that is kept: what is asked for next is made from scratch, as a test may want it. */
export const forget = (): void => { epoch++; };

/**
 * A text that stands by itself. A slice holds on to what it was cut from: to keep a sentence would keep every version of
 * the document that it was ever read in.
 */
const own = (text: string): string => ` ${text}`.slice(1);

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
  constructor(readonly size = 500_000) {
    this.#room = size;
  }

  get(text: string): T | undefined {
    if (this.#epoch !== epoch) {
      this.#epoch = epoch;
      this.#young = new Map();
      this.#old = new Map();
    }
    let value = this.#young.get(text);
    if (value === undefined && (value = this.#old.get(text)) !== undefined) this.set(own(text), value);
    return value;
  }

  /** What is kept for a text, or what is made of it now: of a copy of its own, so that no longer text is held by it. */
  of(text: string, make: (text: string) => T): T {
    let value = this.get(text);
    if (value === undefined) {
      const copy = own(text);
      this.set(copy, value = make(copy));
    }
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

const said = new Kept<Said>();

export const saidOf = (text: string): Said => said.of(text, (copy) => new Said(copy));

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

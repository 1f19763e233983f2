import type { Document } from './document';

/** The blocks of one list or table, as indexes into `document.blocks`, in order. */
export interface Group {
  readonly blocks: readonly number[];
  readonly cells: readonly number[];
  /** Those that are no cells: captions, items. */
  readonly others: readonly number[];
  /** Cells by their row, and those of the first row by their column; the first where there are several. */
  readonly rows: ReadonlyMap<number, readonly number[]>;
  readonly heads: ReadonlyMap<number, number>;
  /** Cells of the first column, by row. */
  readonly labels: ReadonlyMap<number, number>;
  /** The first block, and the last of those that follow it without a gap. */
  readonly first: number;
  readonly last: number;
}

interface Growing extends Group {
  readonly blocks: number[];
  readonly cells: number[];
  readonly others: number[];
  readonly rows: Map<number, number[]>;
  readonly heads: Map<number, number>;
  readonly labels: Map<number, number>;
  last: number;
}

const known = new WeakMap<Document['blocks'], ReadonlyMap<number, Group>>();

/** The lists and tables of a document by their numbers: looked up, since to search the blocks for each cell takes the square of its table. */
export function groupsOf({ blocks }: Pick<Document, 'blocks'>): ReadonlyMap<number, Group> {
  const ready = known.get(blocks);
  if (ready) return ready;
  const out = new Map<number, Growing>();
  blocks.forEach(({ kind, group, row, column }, b) => {
    if (group < 0) return;
    let own = out.get(group);
    if (!own) out.set(group, own = { blocks: [], cells: [], others: [], rows: new Map(), heads: new Map(), labels: new Map(), first: b, last: b });
    own.blocks.push(b);
    if (own.last === b - 1) own.last = b;
    if (kind !== 'cell') {
      own.others.push(b);
      return;
    }
    own.cells.push(b);
    const cells = own.rows.get(row);
    if (cells) cells.push(b);
    else own.rows.set(row, [b]);
    if (row === 0 && !own.heads.has(column)) own.heads.set(column, b);
    if (column === 0 && !own.labels.has(row)) own.labels.set(row, b);
  });
  known.set(blocks, out);
  return out;
}

const NOTHING: Group = { blocks: [], cells: [], others: [], rows: new Map(), heads: new Map(), labels: new Map(), first: -1, last: -1 };

/** The list or table that a block belongs to; one with nothing in it where it belongs to none. */
export const groupOf = (document: Pick<Document, 'blocks'>, b: number): Group => groupsOf(document).get(document.blocks[b]!.group) ?? NOTHING;

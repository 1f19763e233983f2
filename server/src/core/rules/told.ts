import type { Document, Unit } from '../document';
import type { Plan } from '../plan';

const gradesKnown = new WeakMap<Plan, readonly string[]>();

/** The sentence behind the claim says what a pack's grade says: the reader is told how far the evidence goes. */
export function toldWhatIsKnown(document: Document, unit: Unit, plan: Plan): boolean {
  let starts = gradesKnown.get(plan);
  if (!starts) gradesKnown.set(plan, starts = plan.packs.flatMap((pack) => pack.grades.map(({ wording }) => wording.slice(0, 60))));
  const says = (text: string): boolean => starts.some((start) => text.startsWith(start));
  const after = document.units[unit.index + 1];
  return says(unit.text) || after?.block === unit.block && says(after.text);
}

// Checks one text under the configuration that holds for it. The editor and the command line both come here, so that
// they find the same.
import { compilePlan, lint, mergeConfig, readFrontConfig, type Config, type ConfigProblem, type Document, type LintResult, type Pack, type Patience, type Plan, type Rule } from '../core/index';

const KEPT = 16;

/** Plans by what they are made from, so that a keystroke compiles nothing. `today` (`YYYY-MM-DD`) is what suppressions expire by. */
export function planStore(today: () => string = () => new Date().toISOString().slice(0, 10)) {
  const plans = new Map<string, Plan>();
  const serials = new WeakMap<Pack, number>();
  let serial = 0;
  const nameOf = (pack: Pack): string => {
    if (!serials.has(pack)) serials.set(pack, ++serial);
    return `${pack.id}:${serials.get(pack)}`;
  };
  return (asked: Config, packs: readonly Pack[]): Plan => {
    const config: Config = { ...asked, today: today() };
    const names = packs.map(nameOf).join();
    const key = `${names}\0${JSON.stringify(config)}`;
    let plan = plans.get(key);
    if (!plan) {
      // The automaton depends on the packs alone and is what takes time.
      const like = [...plans].find(([other]) => other.startsWith(`${names}\0`))?.[1];
      plan = like ? { ...like, config, key } : { ...compilePlan(config, packs), key };
      if (plans.size >= KEPT) plans.delete(plans.keys().next().value!);
      plans.set(key, plan);
    }
    return plan;
  };
}

export interface CheckedText {
  readonly result: LintResult;
  /** With what the document's front matter says. */
  readonly plan: Plan;
  /** Mistakes in the front matter's own configuration. */
  readonly problems: readonly ConfigProblem[];
}

/** Gives the plan for the bibliographies of a document: the same one for the same. */
export type Cites = (plan: Plan) => Plan;

/** The plan for a document: with what its front matter says, and `over` (what a command line says) on top of everything. */
export function planOfDocument(document: Document, plan: Plan, plans: ReturnType<typeof planStore>, rules: readonly Rule[], cites: Cites = (one) => one, over: Config = {}): { readonly plan: Plan; readonly problems: readonly ConfigProblem[] } {
  const front = readFrontConfig(document, { rules: rules.map(({ id }) => id), disclosures: [] });
  return { plan: cites(front ? plans(mergeConfig(mergeConfig(plan.config, front.config), over), plan.packs) : plan), problems: front?.problems ?? [] };
}

/** Checks a document under the plan that holds for it. */
export function checkDocument(document: Document, plan: Plan, plans: ReturnType<typeof planStore>, rules: readonly Rule[], cites?: Cites, over?: Config, patience?: Patience): CheckedText {
  const own = planOfDocument(document, plan, plans, rules, cites, over);
  return { result: lint(document, own.plan, rules, patience), ...own };
}

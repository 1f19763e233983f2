import { unitsWhere, type Document, type Unit } from '../document';
import type { Plan } from '../plan';
import { places, readerOf } from '../reading';
import type { Report, Rule } from './rule';

const finders = new WeakMap<Plan['lexicon'], (document: Document) => readonly Unit[]>();

/** Units that name a harm or a limit. */
function risky(plan: Plan): (document: Document) => readonly Unit[] {
  let finder = finders.get(plan.lexicon);
  if (!finder) {
    const reader = readerOf(plan);
    finders.set(plan.lexicon, finder = unitsWhere(({ said }) => places(reader(said), 'harm').length > 0 || places(reader(said), 'limits').length > 0));
  }
  return finder;
}

/** Benefits outweigh risks in prominence: several benefit claims, and few statements of risk, or all of them at the end. */
export const unbalancedBenefit: Rule = {
  id: 'unbalanced-benefit',
  title: 'Benefits far more prominent than risks',
  why: 'A reader who meets many benefits before the first risk comes away with half of the picture.',
  basis: 'Caveat’s editorial standard: at least three benefit claims, and statements of risk fewer than a quarter of them or all in the last tenth.',
  severity: 'information',
  *check({ document, analysis, plan }): Iterable<Report> {
    const benefits = analysis.claims.filter((claim) => claim.benefit);
    if (!analysis.inScope || analysis.personal || benefits.length < 3) return;
    const claimed = new Set(benefits.map((claim) => claim.unit));
    const risks = risky(plan)(document).filter((unit) => {
      const { kind } = document.blocks[unit.block]!;
      const reading = analysis.readings[unit.index]!;
      return kind !== 'heading' && kind !== 'title' && kind !== 'reference' && kind !== 'aside' && !claimed.has(unit.index) && !reading.question;
    });
    const last = document.text.length * 0.9;
    const few = risks.length * 4 < benefits.length;
    if (!few && risks.some((unit) => unit.span.start < last)) return;
    yield {
      span: benefits[0]!.span,
      message: `The text makes ${benefits.length} claims of benefit and ${risks.length === 0 ? 'no statement of risk' : few ? `only ${risks.length} of risk` : 'names risks only at its very end'}. Readers weigh what they meet first. Say the risks nearer to the benefits.`,
      related: benefits.slice(1, 10).map((claim) => ({ span: claim.span, message: 'Another claim of benefit' })),
      data: { benefits: benefits.length, risks: risks.length },
    };
  },
  examples: [
    { text: '# Ketamine for depression\n\nKetamine «relieves depression». Patients report better sleep after ketamine. Ketamine also eases anxiety. Ketamine lifts low mood within hours.' },
    { text: '# Ketamine for depression\n\nKetamine relieves depression. It can cause nausea and raise blood pressure. Patients report better sleep after ketamine. Ketamine also eases anxiety.' },
  ],
};

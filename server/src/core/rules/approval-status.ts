import { sourceSpan, unitsWhere } from '../document';
import { keeping } from '../kept';
import { places } from '../reading';
import { approvalFixes } from '../remedies';
import { groupOf } from '../tables';
import type { Report, Rule } from './rule';

const approvedIn = keeping((text) => APPROVED.exec(text));
const approvals = unitsWhere(({ said, text }, kind) => (kind === 'cell' ? /^(?:yes|approved|cleared)\W*$/i.test(text) : approvedIn(said) !== null));

const APPROVED = /\b(?:blessing|approval|nod|backing|green light|stamp) (?:of|from) the FDA\b|\bFDA (?:has |have )?(?:approved|okayed|cleared|signed off on|green-?lit) (?:ketamine|it)\b|\b(?:FDA|FDA's|agency)[- ](?:approv\w+|cleared)|\b(?:is|was|been|are|fully|now) (?:FDA[- ])?(?:approved|licen[sc]ed|cleared(?! (?:by|from|through|via|in|within) (?:the )?(?:liver|kidneys?|body|blood\w*|system|urine|hours?))|authori[sz]ed)\b|\bapproved (?:by the FDA|medicine|drug|medication|treatment)\b/i;
const ANAESTHETIC = /\b(?:an(?:a)?esthe\w*|surg\w*|operat\w*|sedation|off-label|only (?:esketamine|spravato))\b/i;
const DENIED = /\b(?:not|isn't|aren't|hasn't|never|no form|neither|nor|only one|un)\b|n't\b|\bno\b/i;
const NOT_THE_DRUG = /\b(?:esketamine|spravato|nasal spray|sertraline|paroxetine|FDA[- ]approved (?:antidepressants|medications? for)|tests?|device|clinic|facility|TMS)\b/i;

/** Says or implies that ketamine itself is approved for a psychiatric or pain use. */
export const approvalStatus: Rule = {
  id: 'approval-status',
  title: 'Approval that ketamine does not have',
  why: 'Ketamine is approved as an anaesthetic; only esketamine has a psychiatric approval, and a limited one.',
  basis: 'What the drugs’ labels approve, with sources.',
  severity: 'error',
  likely: {
    message: 'reads as if ketamine itself were approved for this use. It is approved as an anaesthetic. Say which use is approved.',
    unless: ({ text }) => ANAESTHETIC.test(text) || NOT_THE_DRUG.test(text) || DENIED.test(text),
  },
  *check({ document, analysis }): Iterable<Report> {
    if (!analysis.inScope) return;
    for (const unit of approvals(document)) {
      const block = document.blocks[unit.block]!;
      if (!analysis.about[unit.index] || block.kind === 'reference' || block.kind === 'note' || analysis.readings[unit.index]!.question) continue;
      const reading = analysis.readings[unit.index]!;
      if (block.kind === 'cell') {
        if (!/^(?:yes|approved|cleared)\W*$/i.test(unit.text)) continue;
        const { rows, heads } = groupOf(document, unit.block);
        const label = document.texts[rows.get(block.row)?.[0] ?? unit.block]!.text;
        const head = heads.get(block.column);
        const column = head === undefined ? '' : document.texts[head]!.text;
        if (/\b(?:FDA|approv\w*|licen[sc]e\w*|status)\b/i.test(label) && /(?<!es)ketamine/i.test(column)) yield report(unit.span, unit.text);
        continue;
      }
      const m = approvedIn(unit.said);
      if (!m || ANAESTHETIC.test(unit.text) || NOT_THE_DRUG.test(unit.text)) continue;
      if (DENIED.test(unit.text.slice(Math.max(0, m.index - 60), m.index + m[0].length)) || /\bwhether|if\b/i.test(unit.text.slice(0, m.index))) continue;
      if (reading.drugs.length === 0 && !/^(?:it|this|the (?:drug|medicine|medication|treatment|therapy)|our)\b/i.test(unit.text)) continue;
      if (reading.drugs.some((d) => d.drug.id === 'esketamine') && !reading.drugs.some((d) => d.drug.id === 'ketamine')) continue;
      // `Members asked about Spravato. It was approved in 2019`: what the pronoun stands for was named before.
      const before = document.units[unit.index - 1];
      const named = before?.block === unit.block ? analysis.readings[before.index]!.drugs : [];
      if (reading.drugs.length === 0 && named.length > 0 && named.every(({ drug }) => drug.id === 'esketamine')) continue;
      if (reading.drugs.length === 0 && places(reading, 'other').some((place) => place.start < m.index)) continue;
      yield report(sourceSpan(document, unit, m.index, m.index + m[0].length), m[0]);
    }
  },
  fixes: approvalFixes,
  examples: [
    { text: 'We treat depression with ketamine. Ketamine «is FDA-approved» and works.' },
    { text: 'We treat depression with ketamine. Ketamine is FDA-approved as an anaesthetic.' },
    { text: 'We treat depression with ketamine. Ketamine is not FDA-approved for depression.' },
  ],
};

const report = (span: Report['span'], words: string): Report => ({
  span,
  message: `“${words}” reads as if ketamine itself were approved for this use. It is approved as an anaesthetic; use for mental health or chronic pain is off-label. Say which use is approved.`,
});

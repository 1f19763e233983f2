import type { Finding, Pack, Plan, Rule } from '../core/index';

/** An entry of a pack that says where it comes from. */
interface Ground {
  readonly title: string;
  readonly why: string;
  readonly sources: readonly string[];
  readonly reviewed: string;
}

/** Strings in a finding's data, whatever it is called there. */
function wordsOf(data: unknown): string[] {
  if (typeof data === 'string') return [data];
  if (data && typeof data === 'object') return Object.values(data).flatMap(wordsOf);
  return [];
}

/** The pack's entries that a finding names by their ids in its data. */
function groundsOf(finding: Finding, packs: readonly Pack[]): Ground[] {
  const named = new Set(wordsOf(finding.data));
  return packs.flatMap((pack) => [
    ...pack.disclosures.filter(({ id }) => named.has(id)).map(({ title, why, sources, reviewed }) => ({ title, why, sources, reviewed })),
    ...pack.errors.filter(({ id }) => named.has(id)).map(({ says, correction, sources, reviewed }) => ({ title: says, why: correction, sources, reviewed })),
    ...pack.grades.filter(({ condition }) => named.has(condition)).map(({ condition, drug, grade, wording, sources, reviewed }) => ({
      title: `${nameOf(pack.drugs, drug)} for ${nameOf(pack.conditions, condition)}: ${grade} evidence`, why: wording, sources, reviewed,
    })),
  ]);
}

const nameOf = (list: readonly { readonly id: string; readonly name: string }[], id: string): string =>
  list.find((entry) => entry.id === id)?.name ?? id;

/** Text of packs and rules in Markdown: its characters stand for themselves. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');

/** A source as a link: a reference of a pack by its title, an address as it is, anything else as text. */
function link(source: string, packs: readonly Pack[]): string {
  const reference = packs.flatMap((pack) => pack.references).find(({ id }) => id === source);
  const href = reference ? reference.url || (reference.doi && `https://doi.org/${reference.doi}`) : source;
  const title = reference ? `${reference.authors.split(/[,;]/)[0]!} ${reference.year}` : siteOf(source);
  return /^https?:\/\/[^\s()<>]+$/.test(href) ? `[${plain(title)}](${href})` : plain(title);
}

const siteOf = (address: string): string => /^https?:\/\/(?:www\.)?([^/]+)/.exec(address)?.[1] ?? address;

const AT_MOST = 4;

/** What a hover says under the message: why it matters, what it rests on, and when that was last reviewed. */
export function explain(finding: Finding, rule: Rule, plan: Plan): string {
  const { packs } = plan;
  const grounds = groundsOf(finding, packs);
  const lines = [`**${plain(rule.title)}.** ${plain(rule.why)}`, `*Rests on:* ${plain(rule.basis)}`];
  if (grounds.length > 0) {
    lines.push(grounds.slice(0, AT_MOST).map(({ title, why, sources, reviewed }) =>
      `- **${plain(title)}**: ${plain(why)} (${[...sources.slice(0, AT_MOST).map((source) => link(source, packs)), `reviewed ${reviewed}`].join(', ')})`).join('\n')
      + (grounds.length > AT_MOST ? `\n- and ${grounds.length - AT_MOST} more` : ''));
  } else if (packs.length > 0) {
    lines.push(`*Reviewed:* ${packs.map(({ name, reviewed }) => `${plain(name)} ${reviewed}`).join(', ')}`);
  }
  return lines.join('\n\n');
}

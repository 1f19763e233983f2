import { block, type Block, type Format } from './format';
import { span } from '../text';

/** Plain text. */
export const text: Format = {
  id: 'text',
  extensions: ['.txt', '.text'],
  languages: ['plaintext'],
  parse(source) {
    const blocks: Block[] = [];
    for (const m of source.matchAll(/\S[^\n]*/g)) blocks.push(block('paragraph', span(m.index, m.index + m[0].length)));
    return { prose: source, blocks, marks: [], links: [], comments: [], frontMatter: undefined, bibliographies: [] };
  },
  write: {
    comment: (body) => body,
    inline: (value) => value,
    heading: (value) => value,
    paragraph: (value) => value,
    list: (items) => items.map((item) => `- ${item}`).join('\n'),
    footnote: () => undefined,
  },
};

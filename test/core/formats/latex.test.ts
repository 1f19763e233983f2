import assert from 'node:assert/strict';
import { latex } from '../../../server/src/core/formats/latex';
import { read, readLinks, readMarks, testLaws } from './laws';

const PAPER = String.raw`\documentclass[11pt]{article}
\usepackage{booktabs} % tables
\addbibresource{refs.bib}
\title{Ketamine:\\ a review}
\author{A.~Author\thanks{Money.}}
\begin{document}
\maketitle
\begin{abstract}
It is $S$-ketamine.
\end{abstract}
\section[short]{Introduction}
The first trial~\cite[p.~2]{zarate2006, murrough2013} found 71\% ($n=18$). % TODO
Wi\'sniewska and \"Oz\c{c}elik \emph{agree}.\footnote{A note, 2019.} More follows.\textsuperscript{2,3}

See \href{https://x.example/a\%b}{the page} and Table~\ref{t}.
\begin{equation} x = \frac{1}{2} \end{equation}
\begin{table}[ht]\caption{Trials}\label{t}
\begin{tabular}{@{}ll@{}}
\toprule
Trial & Result \\
\midrule
A \cite{a2019} & 50\% \\
\multicolumn{2}{l}{both} \\
\bottomrule
\end{tabular}\end{table}
\begin{itemize}
  \item one
  \begin{enumerate}\item[Onset] quick\end{enumerate}
\end{itemize}
\begin{quote}It helped me.\end{quote}
\begin{verbatim}
\section{no}
\end{verbatim}
\begin{thebibliography}{9}
\bibitem{zarate2006} Zarate. \emph{Arch} 2006.
\end{thebibliography}
\bibliography{one,two}
\end{document}
ignored
`;

describe('formats/latex', () => {
  testLaws(latex, [PAPER], ['\\section{', '\\cite{', '\\cite{}', '\\footnote{', '\\begin{document}', '\\end{document}', '\\begin{itemize}', '\\item ', '\\begin{tabular}{ll}', '\\end{tabular}', '\\\\', '\\begin{verbatim}', '$', '$$', '%', '}', '{', '[', '\\label{x', '\\verb|', '\\textbf{', '&', '\\begin{quote}', '\\title{', "\\'", '\\bibitem{a}', '\\item[', '\\cite[', '\\newcommand{\\x}{']);

  it('reads a paper', () => {
    assert.deepEqual(read(latex, PAPER), [
      'title: Ketamine: a review', 'paragraph @abstract: It is S-ketamine.', 'heading 2: Introduction',
      'paragraph: The first trial found 71% (n=18). Wiśniewska and Özçelik agree.', 'note [fn1]: A note, 2019.', 'paragraph: More follows.',
      'paragraph: See the page and Table .', 'caption: Trials',
      'cell 0,0 head: Trial', 'cell 0,1 head: Result', 'cell 1,0: A', 'cell 1,1: 50%', 'cell 2,1: both',
      'item 1: one', 'item 2: Onset: quick', 'paragraph quoted: It helped me.', 'reference [zarate2006]: Zarate. Arch 2006.',
    ]);
    assert.deepEqual(readMarks(latex, PAPER), [
      '\\cite[p.~2]{zarate2006, murrough2013} key zarate2006,murrough2013', '\\footnote{ footnote fn1', '\\textsuperscript{2,3} superscript 2,3', '\\cite{a2019} key a2019',
    ]);
    const parsed = latex.parse(PAPER);
    assert.deepEqual(parsed.bibliographies.map((b) => b.name), ['refs.bib', 'one', 'two']);
    for (const { name, span } of parsed.bibliographies) assert.equal(PAPER.slice(span.start, span.end), name);
    assert.deepEqual(parsed.comments.map((c) => c.body), [' tables', ' TODO']);
    assert.deepEqual(readLinks(latex, PAPER), ['the page → https://x.example/a%b = https://x.example/a\\%b']);
  });

  it('reads a fragment without a preamble', () => {
    assert.deepEqual(read(latex, 'Text \\textcite{a} and \\parencite[see][2]{b}: \\unknown{kept} 50\\,\\%.'), ['paragraph: Text and: kept 50 %.']);
    assert.deepEqual(readMarks(latex, 'It helps \\cite{}.'), ['\\cite{} key ']);
  });

  it('keeps a sentence whole around a note in it', () => {
    const source = 'Ketamine\\footnote{A drug.} may help.';
    assert.deepEqual(read(latex, source), ['paragraph: Ketamine may help.']);
    assert.deepEqual(readMarks(latex, source), ['\\footnote{A drug.} footnote ']);
  });

  it('reads raised numbers in formulas as marks, units not', () => {
    assert.deepEqual(readMarks(latex, 'It helps.$^{1,2}$ It is 5 m$^2$ and kg$^{-1}$.'), ['$^{1,2}$ superscript 1,2']);
  });

  it('never hides what follows broken markup', () => {
    for (const broken of ['\\cite{', '\\label{', '\\section{', '\\footnote{', '\\begin{equation}', '\\begin{verbatim}', '$x', '\\verb|', '{', '}', '\\', '\\begin{', '\\caption{', '\\textbf{', '\\cite[', '\\begin{tabular}{', '\\url{', '\\title{', '\\item[', '\\newcommand{\\x}{', '\\href{']) {
      const found = read(latex, `before\n\n${broken}\n\nketamine behind \\emph{it}.\n`);
      assert.ok(found.some((block) => /ketamine behind it\./.test(block)), `${broken}: ${found.join(' / ')}`);
    }
  });

  it('writes what it reads', () => {
    const { write } = latex;
    const source = `${write.heading('A & B', 2)}\n${write.paragraph('50% of $5_a #1 {x} ~ ^ \\')}\n\n${write.list(['x'])}\n${write.comment('caveat-disable x')}\nIt helps.${write.footnote('1', 'Note & more.')!.mark}\n`;
    assert.deepEqual(read(latex, source), ['heading 2: A & B', 'paragraph: 50% of $5_a #1 {x} ~ ^ \\', 'item 1: x', 'paragraph: It helps.', 'note [fn1]: Note & more.']);
  });
});

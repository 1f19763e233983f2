/** Everything that a document could try to do to a report. */
export const HOSTILE = `# Ketamine for depression </title></style><script>alert(1)</script>

Ketamine is a guaranteed cure for depression <img src=x onerror=alert(1)> "'\`&amp; [x](javascript:alert(1)) \u202Edesrever\u0007.

${'Ketamine cures depression with </script><svg onload=alert(1)> '.repeat(170)}

## =HYPERLINK("http://x") ::error file=x::y %0A <a href="javascript:alert(1)">

=cmd|' /C calc'!A0 ketamine relieves depression. @SUM(1) ketamine relieves depression.

<!-- caveat-disable-next-line absolute-language -- "><script>alert(2)</script> -->
Ketamine always works for depression ]]> --> {{7*7}}.
`;

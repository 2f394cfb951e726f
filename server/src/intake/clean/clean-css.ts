/**
 * A mail's CSS without anything that loads, runs or leaves its element of the page.
 *
 * Not a CSS parser: constructs that could fetch or execute are broken by name, after the ways to spell
 * them differently (comments, escapes) are gone. What is left is declarations for a document of its own,
 * which is shown under a CSP that loads nothing anyway.
 */
const COMMENT = /\/\*[\s\S]*?(?:\*\/|$)/g;
const FETCHING_RULE =
  /@(?:import|charset|namespace|font-face|document|-moz-document)\b[^;{}]*(?:;|\{[^}]*\}?)?/gi;
const FETCHING_FUNCTION =
  /\b(?:url(?:-prefix)?|src|image|(?:-webkit-)?image-set|(?:-webkit-)?cross-fade|element|attr|paint)\s*\([^)]*\)?/gi;
const EXECUTING =
  /\b(expression|behaviou?r|-ms-behavior|-moz-binding|binding|javascript|vbscript|livescript|mocha)(?=\s*[:(])/gi;

/** @returns CSS that holds no `<`, so it cannot end its own style element */
export function cleanCss(css: string): string {
  return css
    .replace(COMMENT, ' ')
    .replace(/<!--|-->/g, ' ')
    .replace(/[<\\\0]/g, '')
    .replace(FETCHING_RULE, ' ')
    .replace(FETCHING_FUNCTION, 'none')
    .replace(EXECUTING, 'refused')
    .trim();
}

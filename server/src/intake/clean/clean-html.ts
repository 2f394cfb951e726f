/**
 * Foreign HTML, made fit to be shown as a document of its own in a sandboxed frame.
 *
 * sanitize-html decides by an allow-list which elements and attributes live; on top of it, images are
 * parked in data attributes (`data-remote-src` until someone clicks, `data-cid` until the page that shows
 * them knows their address), links open outside and say nothing about us, and CSS is cut to what cannot
 * load. The mail's style elements are gathered into one at the front.
 */
import sanitizeHtml from 'sanitize-html';
import { cleanCss } from './clean-css.ts';

/** Larger HTML is not shown; the text is. */
const LARGEST_HTML_CHARACTERS = 6_000_000;
const MOST_ELEMENTS = 300_000;
const LONGEST_MS = 5_000;
/** Browsers flatten what is deeper; a parser's stack may not live to see it. */
const DEEPEST = 400;

const ELEMENTS = `
  a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col
  colgroup dd del details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header
  hr i img ins kbd li main map area mark menu nav nobr ol p pre q rp rt ruby s samp section small span
  strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
`
  .trim()
  .split(/\s+/);

const ATTRIBUTES = `
  align alt bgcolor border cellpadding cellspacing char class clear color cols colspan coords dir face
  frame height hspace id lang noshade nowrap open reversed rowspan rules scope shape size span start
  style summary title type usemap valign value vspace width data-remote-src data-cid
`
  .trim()
  .split(/\s+/);

const IMAGE_DATA = /^data:image\/(?:png|gif|jpe?g|webp|bmp|x-icon)(?:;[\w=-]+)*;base64,[a-z0-9+/=\s]*$/i;

type Attributes = Record<string, string>;

interface CleanedHtml {
  html: string;
  /** The Content-IDs whose images the HTML shows. */
  contentIds: string[];
}

/** Which attachment an image's source means, by its Content-ID; null when none. */
type FindContentId = (source: string) => string | null;

class OverBudget extends Error {}

/**
 * Cleans the HTML of a mail.
 *
 * @param findContentId for images named without `cid:` (`src="image001.png"`), as some senders write them
 * @returns null when it is too large, too deep in work, or takes too long; the text is shown instead
 */
export function cleanHtml(html: string, findContentId: FindContentId = () => null): CleanedHtml | null {
  if (html.length > LARGEST_HTML_CHARACTERS) return null;
  const contentIds = new Set<string>();
  const bare = withoutComments(html);
  try {
    const body = sanitizeHtml(bare, optionsFor(contentIds, findContentId));
    const css = styleElements(bare).map(cleanCss).filter(Boolean).join('\n');
    return { html: css === '' ? body : `<style>\n${css}\n</style>\n${body}`, contentIds: [...contentIds] };
  } catch (error) {
    if (error instanceof OverBudget) return null;
    throw error;
  }
}

function optionsFor(contentIds: Set<string>, findContentId: FindContentId): sanitizeHtml.IOptions {
  const spend = budget();
  return {
    allowedTags: ELEMENTS,
    allowedAttributes: {
      '*': ATTRIBUTES,
      a: ['href', 'target', 'rel', 'name'],
      area: ['href', 'target', 'rel'],
      img: ['src'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['data'] },
    allowProtocolRelative: false,
    parseStyleAttributes: false,
    nestingLimit: DEEPEST,
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'title',
      'noscript',
      'noembed',
      'noframes',
      'iframe',
      'xmp',
      'template',
    ],
    transformTags: {
      '*': (name, attributes) => {
        spend();
        return transform(name, attributes, contentIds, findContentId);
      },
    },
  };
}

/** Counts the elements and looks at the clock: a mail that is expensive to clean is not worth it. */
function budget(): () => void {
  const end = performance.now() + LONGEST_MS;
  let elements = 0;
  return () => {
    elements++;
    if (elements > MOST_ELEMENTS || (elements % 256 === 0 && performance.now() > end)) throw new OverBudget();
  };
}

function transform(
  name: string,
  given: Attributes,
  contentIds: Set<string>,
  findContentId: FindContentId,
): sanitizeHtml.Tag {
  const attributes = { ...given };
  delete attributes['data-remote-src'];
  delete attributes['data-cid'];
  if (attributes.style !== undefined) attributes.style = cleanCss(attributes.style);
  if (name === 'body') return { tagName: 'div', attribs: bodyAttributes(attributes) };
  if (name === 'a' || name === 'area') return { tagName: name, attribs: linkAttributes(attributes) };
  if (name === 'img' || name === 'image') {
    return { tagName: 'img', attribs: imageAttributes(attributes, contentIds, findContentId) };
  }
  return { tagName: name, attribs: attributes };
}

function bodyAttributes(attributes: Attributes): Attributes {
  const { text, bgcolor, style = '', ...rest } = attributes;
  const colours = [bgcolor && `background-color:${cleanCss(bgcolor)}`, text && `color:${cleanCss(text)}`];
  return { ...rest, style: [...colours, style].filter(Boolean).join(';') };
}

function linkAttributes(attributes: Attributes): Attributes {
  const href = attributes.href;
  if (href === undefined || !/^\s*(?:https?:|mailto:|tel:)/i.test(href)) {
    const { href: _refused, target: _target, ...rest } = attributes;
    return rest;
  }
  return { ...attributes, href: href.trim(), target: '_blank', rel: 'noopener noreferrer' };
}

function imageAttributes(
  attributes: Attributes,
  contentIds: Set<string>,
  findContentId: FindContentId,
): Attributes {
  const { src = '', srcset: _srcset, ...rest } = attributes;
  const source = src.trim();
  if (IMAGE_DATA.test(source)) return { ...rest, src: source };
  if (/^(?:https?:)?\/\//i.test(source)) {
    return { ...rest, 'data-remote-src': source.startsWith('//') ? `https:${source}` : source };
  }
  const contentId = /^cid:/i.test(source) ? unescaped(source.slice(4)) : findContentId(source);
  if (contentId === null || contentId === '') return rest;
  contentIds.add(contentId);
  return { ...rest, 'data-cid': contentId };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Comments hold Outlook's conditional styles, which are for Outlook. */
function withoutComments(html: string): string {
  return html.replace(/<!--\[if[\s\S]*?(?:<!\[endif\]-->|$)/gi, '').replace(/<!\[(?:if|endif)[^>]*>/gi, '');
}

function styleElements(html: string): string[] {
  return [...html.matchAll(/<style\b[^>]*>([\s\S]*?)(?:<\/style\b|$)/gi)].map((match) => match[1] ?? '');
}

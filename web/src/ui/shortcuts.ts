/**
 * Keys of the interface. Letters go by `event.code`, so that they work with a Japanese input on and with a
 * kana layout; signs go by `event.key`, because they move from keyboard to keyboard.
 */
export interface KeyPress {
  code: string;
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  isComposing: boolean;
  keyCode: number;
}

/** Safari tells the end of a composition before the Enter that caused it: such an Enter is not meant for us. */
const AFTER_COMPOSITION = 50;
const PROCESS_KEY = 229;

let composedAt = Number.NEGATIVE_INFINITY;

/** Remembers when compositions end; called once for the page. */
export function watchComposition(target: EventTarget, clock: () => number = () => performance.now()): void {
  target.addEventListener(
    'compositionend',
    () => {
      composedAt = clock();
    },
    true,
  );
}

/** True while a key belongs to the input method: it picks, confirms or leaves a conversion. */
export function belongsToInput(press: KeyPress, now: number = performance.now()): boolean {
  if (press.isComposing || press.keyCode === PROCESS_KEY) return true;
  return press.key === 'Enter' && now - composedAt <= AFTER_COMPOSITION;
}

/**
 * The name of a key as the tables of shortcuts write it: `j`, `shift+r`, `mod+enter`, `?`, `1`.
 * `mod` is Ctrl, or Command on a Mac. Signs carry no Shift, which is part of typing them.
 */
export function nameOf(press: KeyPress): string {
  const isNamed = press.key.length > 1 && press.key !== 'Process';
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(press.code)?.[1];
  const isSpace = press.code === 'Space';
  const shiftedDigit = digit !== undefined && press.shiftKey && /^[!-/:-@]$/.test(press.key);
  const isSign =
    !isNamed && !isSpace && letter === undefined && digit === undefined && press.key.length === 1;
  if (isSign || shiftedDigit) return `${modOf(press)}${press.key}`;
  const base = letter ?? digit ?? (isSpace ? 'space' : press.key);
  return `${modOf(press)}${press.shiftKey ? 'shift+' : ''}${base.toLowerCase()}`;
}

const modOf = (press: KeyPress) =>
  `${press.ctrlKey || press.metaKey ? 'mod+' : ''}${press.altKey ? 'alt+' : ''}`;

/** True where a person types: there, a letter is a letter. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true;
  if (!(target instanceof HTMLInputElement)) return false;
  return !['checkbox', 'radio', 'button', 'submit', 'file'].includes(target.type);
}

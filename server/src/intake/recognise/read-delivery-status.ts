/** message/delivery-status (RFC 3464): fields in blocks, the first about the letter, one for each recipient. */
import type { BounceAction, BouncedRecipient } from '../parse/letter.ts';
import { bouncedRecipient } from './bounce-reason.ts';

const ACTIONS: readonly BounceAction[] = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'];

/**
 * @param text the delivery-status part
 * @param notice the words for people, where systems put the server's answer that their fields lack
 */
export function readDeliveryStatus(text: string, notice: string): BouncedRecipient[] {
  const recipients = new Map<string, BouncedRecipient>();
  for (const block of text.split(/\n[ \t]*\n/)) {
    const fields = fieldsOf(block);
    const address = addressOf(fields.get('original-recipient')) ?? null;
    const final = addressOf(fields.get('final-recipient')) ?? null;
    const who = pick(final, address);
    if (who === null) continue;
    const recipient = bouncedRecipient({
      address: who,
      action: actionOf(fields),
      status: statusOf(fields),
      diagnostic: diagnosticOf(fields),
      local: /^x-unix\s*;/i.test(fields.get('diagnostic-code') ?? ''),
      notice,
    });
    if (!recipients.has(who.toLowerCase())) recipients.set(who.toLowerCase(), recipient);
  }
  return [...recipients.values()];
}

/** The final recipient; where that is only a local account's name, the address it was sent to. */
function pick(final: string | null, original: string | null): string | null {
  if (final === null) return original;
  return final.includes('@') || original === null ? final : original;
}

function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name, value] = /^([\w-]+)[ \t]*:[ \t]*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined && !fields.has(name.toLowerCase()))
      fields.set(name.toLowerCase(), value.trim());
  }
  return fields;
}

function addressOf(value: string | undefined): string | null {
  if (value === undefined) return null;
  const address = value
    .replace(/^[^;<@]*;\s*/, '')
    .replace(/^.*<([^<>]+)>.*$/, '$1')
    .replace(/^"|"$/g, '')
    .trim();
  return address === '' ? null : address.replace(/^"(.*)"@/, '$1@');
}

function actionOf(fields: Map<string, string>): BounceAction {
  const said = (fields.get('action') ?? '').toLowerCase();
  const known = ACTIONS.find((action) => said.startsWith(action));
  if (known !== undefined) return known;
  const [first] = fields.get('status') ?? '';
  return first === '4' ? 'delayed' : first === '2' ? 'delivered' : 'failed';
}

function statusOf(fields: Map<string, string>): string | null {
  return /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(fields.get('status') ?? '')?.[1] ?? null;
}

function diagnosticOf(fields: Map<string, string>): string | null {
  const value = fields.get('diagnostic-code') ?? fields.get('x-supplementary-info') ?? '';
  const words = value.replace(/^(?:smtp|x-[\w-]+|unknown|local)\s*;\s*/i, '').trim();
  return words === '' ? null : words;
}

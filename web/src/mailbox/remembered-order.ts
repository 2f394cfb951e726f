import { type Order, orders, type Tab, type View } from './view.ts';

const STORED = 'madoguchi.order';

const nameOf = (view: View, tab: Tab): string => {
  const named = view.kind === 'mailbox' ? view.mailboxId : view.kind === 'saved' ? view.saved.id : view.kind;
  return `${named}/${tab}`;
};

function readAll(): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORED) ?? '{}');
    return typeof kept === 'object' && kept !== null ? { ...kept } : {};
  } catch {
    return {};
  }
}

/** The order that this person last chose here on this device; undefined when never. */
export function rememberedOrder(view: View, tab: Tab): Order | undefined {
  const kept = readAll()[nameOf(view, tab)];
  return orders.find((order) => order === kept);
}

export function rememberOrder(view: View, tab: Tab, order: Order): void {
  localStorage.setItem(STORED, JSON.stringify({ ...readAll(), [nameOf(view, tab)]: order }));
}

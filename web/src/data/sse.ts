/** One event of a text/event-stream (HTML standard, 9.2.6): its name, id and joined data. */
export interface StreamEvent {
  event: string;
  id: string;
  data: string;
}

/**
 * Cuts a text/event-stream into events as its pieces arrive.
 *
 * @returns a function that takes the next piece of text, in any cut, and gives the events it completed
 */
export function streamReader(): (piece: string) => StreamEvent[] {
  let rest = '';
  let open: StreamEvent = { event: 'message', id: '', data: '' };
  let hasData = false;

  const takeLine = (line: string): StreamEvent | null => {
    if (line === '') {
      const done = hasData ? open : null;
      open = { event: 'message', id: open.id, data: '' };
      hasData = false;
      return done;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return null;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') open.event = value;
    if (field === 'id') open.id = value;
    if (field === 'data') {
      open.data = hasData ? `${open.data}\n${value}` : value;
      hasData = true;
    }
    return null;
  };

  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    return lines.map(takeLine).filter((event) => event !== null);
  };
}

import { AsyncLocalStorage } from 'node:async_hooks';

const skew = new AsyncLocalStorage<number>();
const TrueDate = Date;

/** Runs work of a server whose clock is wrong by so many milliseconds. */
export const withSkew = <T>(ms: number, work: () => Promise<T>): Promise<T> => skew.run(ms, work);

/** From here on `Date` tells the time of the server that asks. The house must not care. */
export function skewClocks(): void {
  const wrong = () => TrueDate.now() + (skew.getStore() ?? 0);
  globalThis.Date = new Proxy(TrueDate, {
    construct: (target, given: unknown[], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [wrong()] : given, newTarget),
    get: (target, name) => (name === 'now' ? wrong : Reflect.get(target, name)),
  });
}

/** Types of lock.mjs; see there. */
export function processMark(pid: number): string | null;
export function isAlive(mark: string): boolean;
export function takeLock(path: string, onWait?: () => void): Promise<() => void>;
export function withLock<T>(path: string, work: () => Promise<T> | T, onWait?: () => void): Promise<T>;

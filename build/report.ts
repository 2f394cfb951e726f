/** How a check ends: each fault on a line of its own, and an honest exit code. */
export function report(check: string, faults: readonly string[]): void {
  for (const fault of faults) process.stdout.write(`${check}: ${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
}

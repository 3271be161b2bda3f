import { readFileSync } from 'node:fs';

/** What Linux says of a process's memory, in bytes: what it has now, or the most that it ever had. 0 once it is dead. */
export function memoryOf(pid: number | undefined, which: 'VmRSS' | 'VmHWM'): number {
  if (pid === undefined) return 0;
  try {
    const told = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(new RegExp(`^${which}:\\s+(\\d+) kB`, 'mu').exec(told)?.[1] ?? 0) * 1024;
  } catch {
    // Dead by now; what it had was read a moment ago.
    return 0;
  }
}

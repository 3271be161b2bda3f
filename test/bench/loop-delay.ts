import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded before a process by the benches alone (`node --import`): answers the parent's messages with what the
 * event loop was held up by and how much memory and processor time was used; and ends the process, so that a
 * profile that was asked for is written.
 */
const resolution = 5;
const delay = monitorEventLoopDelay({ resolution });

process.on('message', (asked) => {
  if (asked === 'watch') {
    delay.reset();
    delay.enable();
  }
  if (asked === 'tell') {
    const { user, system } = process.cpuUsage();
    process.send?.({
      told: {
        // The histogram counts from timer to timer; what is over the timer's own interval is the delay.
        loopP99: Math.max(0, delay.percentile(99) / 1e6 - resolution),
        loopMax: Math.max(0, delay.max / 1e6 - resolution),
        rss: process.memoryUsage.rss(),
        cpu: (user + system) / 1e3,
      },
    });
  }
});
// Whoever is still there so long after the parent has gone does not stop by itself.
process.on('disconnect', () => {
  setTimeout(() => process.exit(1), 30_000).unref();
});
// The channel alone is no reason to stay.
process.channel?.unref();

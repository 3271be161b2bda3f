import { publishedPerSecond } from './publish.ts';
const r = await publishedPerSecond(Number(process.argv[2] ?? 1));
console.log(JSON.stringify(r), 'ratio', (r.ours / r.baseline).toFixed(3));
process.exit(0);

'use strict';
// Preloaded into the Teams simulator, which has no setting for the address it listens on and would take every one
// of the machine: whoever reaches it acts as any of its people. Here every server it opens stays on this machine.
const net = require('node:net');

const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function listenOnLoopback(...args) {
  const [first] = args;
  if (typeof first === 'object' && first !== null && 'port' in first) {
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...args.slice(1));
  }
  if (typeof first === 'number' || (typeof first === 'string' && /^\d+$/.test(first))) {
    const rest = typeof args[1] === 'string' || args[1] === undefined ? args.slice(2) : args.slice(1);
    return listen.call(this, Number(first), '127.0.0.1', ...rest);
  }
  if (typeof first === 'function' || first === undefined) return listen.call(this, 0, '127.0.0.1', ...args);
  // A pipe or a handle of the system: not reachable from outside the machine.
  return listen.apply(this, args);
};

// Who started it is gone, perhaps killed: a simulator that nobody can end must not stay behind.
process.on('disconnect', () => process.exit());

'use strict';
// Starts Crier, and the Teams simulator beside it in a rehearsal. Like run.cjs, written so that any Node parses it.
var fs = require('fs');
var path = require('path');
var spawn = require('child_process').spawn;
var run = require('./run.cjs');

function start(node) {
  var ending = false;
  var env = run.environment();
  // The fourth channel tells a child when this process is gone, even if it was killed: none is left behind.
  var options = { cwd: __dirname, stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: env };
  // So that a burst of ten thousand posts leaves no larger process behind, and nothing is slower for it: half as much
  // as Node would let what is new in memory grow to; and of what is not Node's own, one pool where the C library would
  // have eight for each core, which gives back what is free at its end and takes no large piece from the middle.
  var settings = JSON.parse(fs.readFileSync(path.join(__dirname, 'node-settings.json'), 'utf8'));
  var crier = spawn(
    node,
    settings.flags.concat(path.join(__dirname, 'src', 'main.ts'), process.argv.slice(2)),
    Object.assign({}, options, { env: Object.assign({}, settings.environment, env) }),
  );
  var rehearsal = !(process.env.MicrosoftAppId || '').trim();
  var off = (process.env.CRIER_PLAYGROUND || '').trim() === 'off';
  var simulator =
    rehearsal && !off ? spawn(node, [path.join(__dirname, 'scripts', 'playground.ts')], options) : undefined;

  run.whenStopped(function (signal, known) {
    ending = true;
    if (known) return;
    crier.kill(signal);
    if (simulator) simulator.kill(signal);
  });

  var open = simulator ? 2 : 1;
  var code = 0;
  function closed() {
    open -= 1;
    if (open === 0) process.exit(code);
  }
  crier.on('error', function (error) {
    run.say('Crier could not be started: ' + error.message);
    process.exit(1);
  });
  crier.on('exit', function (exitCode, signal) {
    code = run.codeOf(exitCode, signal);
    // It could not say so itself.
    if (signal && !ending)
      run.say(
        'Crier was killed (' +
          signal +
          '). What it had saved is kept, and nothing goes out until it is started again: run "npm start".',
      );
    if (simulator) simulator.kill('SIGTERM');
    closed();
  });
  if (simulator) {
    // That Crier is ready: whatever else answers on its port would be taken for it.
    crier.on('message', function (message) {
      if (simulator.connected) simulator.send(message);
    });
    simulator.on('exit', function (exitCode) {
      if (!ending && exitCode) run.say('Crier goes on without the Teams simulator.');
      closed();
    });
  }
}

start(run.nodeOrEnd());

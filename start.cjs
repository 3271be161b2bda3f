'use strict';
// Starts Crier, and the Teams simulator beside it in a rehearsal. Written so that any Node parses it: an old one
// would end at src/main.ts in an error about a file extension, instead of finding the new one that npm brought.
var fs = require('fs');
var path = require('path');
var spawn = require('child_process').spawn;

var wanted = 24;

function major(version) {
  return Number(/^v?(\d+)/.exec(version)[1]);
}

/** The Node to run on: this one, or the one that `npm ci` put beside the packages; nothing when neither is new enough. */
function findNode() {
  if (major(process.version) >= wanted) return process.execPath;
  var brought = 'node-' + (process.platform === 'win32' ? 'win' : process.platform) + '-' + process.arch;
  var folder = path.join(__dirname, 'node_modules', brought);
  var file = path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!fs.existsSync(file)) return undefined;
  var version = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).version;
  return major(version) >= wanted ? file : undefined;
}

function say(sentence) {
  process.stderr.write(sentence + '\n');
}

function start(node) {
  var ending = false;
  // The fourth channel tells a child when this process is gone, even if it was killed: none is left behind.
  // Node heeds a council's outbound proxy only when it is told to before it starts.
  if (process.env.HTTPS_PROXY && !process.env.NODE_USE_ENV_PROXY) process.env.NODE_USE_ENV_PROXY = '1';
  // What Node compiled is kept for the next start: types are stripped once, not every time. Where it cannot be
  // written, Node does without.
  if (!process.env.NODE_COMPILE_CACHE) {
    process.env.NODE_COMPILE_CACHE = path.join(__dirname, 'node_modules', '.cache', 'crier');
  }
  var options = { cwd: __dirname, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] };
  // So that a burst of ten thousand posts leaves no larger process behind, and nothing is slower for it: half as much
  // as Node would let what is new in memory grow to; and of what is not Node's own, one pool where the C library would
  // have eight for each core, which gives back what is free at its end and takes no large piece from the middle.
  var settings = JSON.parse(fs.readFileSync(path.join(__dirname, 'node-settings.json'), 'utf8'));
  var crier = spawn(
    node,
    settings.flags.concat(path.join(__dirname, 'src', 'main.ts'), process.argv.slice(2)),
    Object.assign({}, options, { env: Object.assign({}, settings.environment, process.env) }),
  );
  var rehearsal = !(process.env.MicrosoftAppId || '').trim();
  var off = (process.env.CRIER_PLAYGROUND || '').trim() === 'off';
  var simulator =
    rehearsal && !off ? spawn(node, [path.join(__dirname, 'scripts', 'playground.ts')], options) : undefined;

  function pass(signal) {
    ending = true;
    // A terminal has already given its Ctrl-C to every process; a second one would read as impatience.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    crier.kill(signal);
    if (simulator) simulator.kill(signal);
  }
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(function (signal) {
    process.on(signal, pass);
  });

  // A stop of npm reaches the shell between it and this process, which ends and passes nothing on.
  var parent = process.ppid;
  if (process.env.npm_lifecycle_event) {
    setInterval(function () {
      if (process.ppid === parent) return;
      parent = process.ppid;
      pass('SIGTERM');
    }, 500);
  }

  var open = simulator ? 2 : 1;
  var code = 0;
  function closed() {
    open -= 1;
    if (open === 0) process.exit(code);
  }
  crier.on('error', function (error) {
    say('Crier could not be started: ' + error.message);
    process.exit(1);
  });
  crier.on('exit', function (exitCode, signal) {
    code = signal ? 128 + require('os').constants.signals[signal] : exitCode;
    if (simulator) simulator.kill('SIGTERM');
    closed();
  });
  if (simulator) {
    // That Crier is ready: whatever else answers on its port would be taken for it.
    crier.on('message', function (message) {
      if (simulator.connected) simulator.send(message);
    });
    simulator.on('exit', function (exitCode) {
      if (!ending && exitCode) say('Crier goes on without the Teams simulator.');
      closed();
    });
  }
}

var node = findNode();
if (node === undefined) {
  say(
    'Crier needs Node ' +
      wanted +
      ' or newer and this is ' +
      process.version +
      ': run "npm ci", which brings it along, ' +
      'or where it does not (as on a Mac) install Node ' +
      wanted +
      ' from nodejs.org, then "npm start" again.',
  );
  process.exit(1);
} else {
  start(node);
}

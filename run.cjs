'use strict';
// Runs a script of the project: `node run.cjs scripts/audit.ts --protocols`. Also what start.cjs shares with that: on
// which Node anything of Crier runs, and what that Node is told. Written so that any Node parses it: an old one would
// end at a TypeScript file in an error about its extension, instead of finding the new one that npm brought.
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

/** The Node to run on; without one it says what to do, and ends. */
function nodeOrEnd() {
  var node = findNode();
  if (node !== undefined) return node;
  say(
    'Crier needs Node ' +
      wanted +
      ' or newer and this is ' +
      process.version +
      ': run "npm ci", which brings it along, ' +
      'or where it does not (as on a Mac) install Node ' +
      wanted +
      ' from nodejs.org, then the same command again.',
  );
  process.exit(1);
}

/** What is no address of a proxy would end Node in the middle of its own code, with the first request. */
function checkProxies(env) {
  var wrong = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].filter(function (name) {
    try {
      return env[name] && !/^https?:$/.test(new URL(env[name]).protocol);
    } catch (error) {
      return error instanceof TypeError;
    }
  });
  if (wrong.length === 0) return;
  say(
    'Crier cannot start: ' +
      wrong.join(' and ') +
      ' is not the address of a proxy. ' +
      'Give one that begins with http:// or https://, such as http://proxy.example.org:3128.',
  );
  process.exit(1);
}

/** What a Node of ours is started with: this process's own environment, and what Node reads only as it starts. */
function environment() {
  var told = Object.assign({}, process.env);
  // Node heeds a council's outbound proxy only when it is told to before it starts.
  if ((told.HTTPS_PROXY || told.https_proxy) && !told.NODE_USE_ENV_PROXY) told.NODE_USE_ENV_PROXY = '1';
  if (told.NODE_USE_ENV_PROXY === '1') checkProxies(told);
  // What Node compiled is kept for the next start: types are stripped once, not every time. Where it cannot be
  // written, Node does without.
  if (!told.NODE_COMPILE_CACHE)
    told.NODE_COMPILE_CACHE = path.join(__dirname, 'node_modules', '.cache', 'crier');
  return told;
}

/**
 * Hands every stop on to those that were started, which end by themselves.
 * @param pass is given the signal
 */
function whenStopped(pass) {
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(function (signal) {
    process.on(signal, function () {
      // A terminal has already given its Ctrl-C to every process; a second one would read as impatience.
      pass(signal, signal === 'SIGINT' && process.stdin.isTTY);
    });
  });
  // A stop of npm reaches the shell between it and this process, which ends and passes nothing on.
  var parent = process.ppid;
  if (process.env.npm_lifecycle_event) {
    setInterval(function () {
      if (process.ppid === parent) return;
      parent = process.ppid;
      pass('SIGTERM', false);
    }, 500).unref();
  }
}

/** The code that a process which ended so would have given a shell. */
function codeOf(exitCode, signal) {
  return signal ? 128 + require('os').constants.signals[signal] : exitCode;
}

module.exports = { nodeOrEnd, say, environment, whenStopped, codeOf };

if (require.main === module) {
  var child = spawn(nodeOrEnd(), process.argv.slice(2), { stdio: 'inherit', env: environment() });
  whenStopped(function (signal, known) {
    if (!known) child.kill(signal);
  });
  child.on('error', function (error) {
    say('Crier could not be started: ' + error.message);
    process.exit(1);
  });
  child.on('exit', function (exitCode, signal) {
    process.exit(codeOf(exitCode, signal));
  });
}

// What the person in front of a long build is told: what is being done, how far it is, how long the rest takes.

import { duration } from '../terminal.mjs';

const REDRAW_EVERY_MS = 500;
/** A log is no place for a line every half second. */
const LINE_EVERY_MS = 10_000;

/** Before anything has been measured: the weights below are what two cores do in two seconds. */
const USUAL_SECONDS = 0.5;
/** How much work that guess counts for, beside the work that was measured. */
const GUESS_WEIGHT = 10;

/** The jobs of one build, which run side by side. */
export class Progress {
  #jobs = [];
  #started = Date.now();
  #lastLine = Date.now();
  #timer = setInterval(() => this.#show(), REDRAW_EVERY_MS).unref();

  /** `weight` is how much of the whole this job is. */
  job(name, weight) {
    const job = new Job(name, weight);
    this.#jobs.push(job);
    return job;
  }

  end() {
    clearInterval(this.#timer);
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }

  #show() {
    const { isTTY, columns = 80 } = process.stderr;
    if (isTTY) return process.stderr.write(`\r\x1b[K${this.line().slice(0, columns - 1)}`);
    if (Date.now() - this.#lastLine < LINE_EVERY_MS) return;
    this.#lastLine = Date.now();
    process.stderr.write(`${this.line()}\n`);
  }

  line() {
    const elapsed = (Date.now() - this.#started) / 1000;
    return [`${Math.round(elapsed)} s`, ...this.#jobs.map(String), timeLeft(this.#left(elapsed))].join(' · ');
  }

  /** The seconds that the rest will take if it goes on as it went so far. */
  #left(elapsed) {
    const sum = (read) => this.#jobs.reduce((total, job) => total + read(job), 0);
    const done = sum((job) => job.done);
    // While nothing is done there is nothing to go by: the time went into asking what is to be done.
    const pace = done > 0 ? (elapsed + GUESS_WEIGHT * USUAL_SECONDS) / (done + GUESS_WEIGHT) : USUAL_SECONDS;
    return sum((job) => job.left(pace)) * pace;
  }
}

/** What one of them tells of itself. */
export class Job {
  #doing = 'begins';
  #share = 0;
  #since = Date.now();
  /** What an earlier build has left done is no measure of how fast this one goes. */
  #before = null;
  #ahead = 0;

  constructor(name, weight) {
    this.name = name;
    this.weight = weight;
  }

  /** `share`, from 0 to 1, is over; the next report is expected when `ahead` more of it are. */
  tell(doing, share, ahead = 0) {
    this.#before ??= share;
    if (share !== this.#share) this.#since = Date.now();
    this.#doing = doing;
    this.#share = share;
    this.#ahead = ahead;
  }

  end() {
    this.tell('done', 1);
  }

  get done() {
    return (this.#share - (this.#before ?? 0)) * this.weight;
  }

  /** The weight of what is left; a long step that reports nothing gets shorter all the same. */
  left(pace) {
    const passed = (Date.now() - this.#since) / 1000 / pace;
    return (1 - this.#share) * this.weight - Math.min(passed, this.#ahead * this.weight);
  }

  toString() {
    return `${this.name}: ${this.#doing}`;
  }
}

function timeLeft(seconds) {
  if (seconds < 5) return 'nearly done';
  // Tens are as exact as it is.
  return `about ${duration(Math.ceil(seconds / 10) * 10_000)} left`;
}

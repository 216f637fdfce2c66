// @ts-check
// Counts out of the JSON reports of the test runners. Whatever is unclear counts as a failure.
import { stripVTControlCharacters } from 'node:util'

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @param {unknown} value */
function record(value) {
  return /** @type {Record<string, unknown>} */ (value && typeof value === 'object' ? value : {})
}

/** @param {unknown} value */
function number(value) {
  return typeof value === 'number' ? value : 0
}

/**
 * vitest's report has Jest's shape. A file that could not be loaded has no tests in it, only a failed state.
 *
 * @param {unknown} report
 * @returns {Count}
 */
export function countVitest(report) {
  const fields = record(report)
  const files = Array.isArray(fields['testResults']) ? fields['testResults'].map(record) : []
  const unloaded = files.filter((file) => {
    const tests = file['assertionResults']
    const failedTests = Array.isArray(tests) && tests.some((test) => record(test)['status'] === 'failed')
    return file['status'] === 'failed' && !failedTests
  })
  return {
    passed: number(fields['numPassedTests']),
    failed: number(fields['numFailedTests']) + unloaded.length,
    skipped: number(fields['numPendingTests']) + number(fields['numTodoTests']),
  }
}

/**
 * Playwright's report. A flaky test failed once, so it failed; errors outside tests are listed apart.
 *
 * @param {unknown} report
 * @returns {Count}
 */
export function countPlaywright(report) {
  const stats = record(record(report)['stats'])
  const errors = record(report)['errors']
  return {
    passed: number(stats['expected']),
    failed:
      number(stats['unexpected']) + number(stats['flaky']) + (Array.isArray(errors) ? errors.length : 0),
    skipped: number(stats['skipped']),
  }
}

/** @param {unknown} value @returns {Record<string, unknown>[]} */
function records(value) {
  return Array.isArray(value) ? value.map(record) : []
}

/** @param {unknown} value @returns {string} */
function text(value) {
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : ''
}

/** The start of a message, without the colours of a terminal. @param {unknown} message */
function gist(message) {
  return stripVTControlCharacters(text(message)).trim().split('\n').slice(0, 4).join('\n')
}

/**
 * What failed, with the first lines of why: the end of a long log says it again.
 *
 * @param {unknown} report vitest's
 * @returns {string[]}
 */
export function failuresOfVitest(report) {
  return records(record(report)['testResults']).flatMap((file) => {
    const failed = records(file['assertionResults']).filter((test) => test['status'] === 'failed')
    if (failed.length === 0)
      return file['status'] === 'failed' ? [`${text(file['name'])}\n${gist(file['message'])}`] : []
    return failed.map((test) => {
      const messages = test['failureMessages']
      return `${text(file['name'])}: ${text(test['fullName'])}\n${gist(Array.isArray(messages) ? messages[0] : '')}`
    })
  })
}

/** The same of Playwright's report. @param {unknown} report @returns {string[]} */
export function failuresOfPlaywright(report) {
  const ofSuite = (/** @type {Record<string, unknown>} */ suite) => {
    /** @type {string[]} */
    const inner = records(suite['suites']).flatMap(ofSuite)
    const own = records(suite['specs'])
      .filter((spec) => spec['ok'] === false)
      .map((spec) => {
        const results = records(spec['tests']).flatMap((test) => records(test['results']))
        const error = results.map((result) => result['error']).find((one) => one !== undefined)
        return `${text(spec['file'])}:${text(spec['line'])}: ${text(spec['title'])}\n${gist(record(error)['message'])}`
      })
    return [...own, ...inner]
  }
  const outside = records(record(report)['errors']).map((error) => gist(error['message']))
  return [...records(record(report)['suites']).flatMap(ofSuite), ...outside]
}

/**
 * The verdict on one run: a runner that fails, or reports nothing at all, without a failed test to show for it,
 * is itself one failure.
 *
 * @param {Count | undefined} count undefined when there is no report
 * @param {number} exitCode
 * @returns {Count}
 */
export function judge(count, exitCode) {
  const found = count ?? { passed: 0, failed: 0, skipped: 0 }
  const isSilent = found.passed + found.failed + found.skipped === 0
  return found.failed === 0 && (exitCode !== 0 || isSilent) ? { ...found, failed: 1 } : found
}

/**
 * All steps together. Nothing may be skipped where `strict`: a missing part is a failure.
 *
 * @param {Count[]} counts
 * @param {{ strict: boolean }} options
 * @returns {Count}
 */
export function total(counts, { strict }) {
  const sum = { passed: 0, failed: 0, skipped: 0 }
  for (const count of counts) {
    sum.passed += count.passed
    sum.failed += count.failed + (strict ? count.skipped : 0)
    sum.skipped += count.skipped
  }
  return sum
}

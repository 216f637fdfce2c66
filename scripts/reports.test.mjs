// @ts-check
import { describe, expect, it } from 'vitest'
import { countPlaywright, countVitest, judge, total } from './reports.mjs'

describe('counting vitest', () => {
  it('adds up passed, failed, pending and todo tests', () => {
    const report = {
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [],
    }
    expect(countVitest(report)).toEqual({ passed: 5, failed: 1, skipped: 3 })
  })

  it('counts a file that could not be loaded as one failure', () => {
    const report = {
      numPassedTests: 5,
      numFailedTests: 0,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    }
    expect(countVitest(report)).toEqual({ passed: 5, failed: 1, skipped: 0 })
  })

  it('does not count a failed test twice because its file failed too', () => {
    const report = {
      numPassedTests: 0,
      numFailedTests: 1,
      testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
    }
    expect(countVitest(report)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })
})

describe('counting Playwright', () => {
  it('takes flaky tests and errors outside tests for failures', () => {
    const report = {
      stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 2 },
      errors: [{ message: 'no such project' }],
    }
    expect(countPlaywright(report)).toEqual({ passed: 7, failed: 3, skipped: 2 })
  })
})

describe('the verdict on a run', () => {
  it('is one failure where there is no report', () => {
    expect(judge(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it('is one failure where not a single test was found', () => {
    expect(judge({ passed: 0, failed: 0, skipped: 0 }, 0).failed).toBe(1)
  })

  it('is one failure where all tests passed but the runner did not end well', () => {
    expect(judge({ passed: 3, failed: 0, skipped: 0 }, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 })
  })

  it('keeps the counts of an orderly run', () => {
    expect(judge({ passed: 3, failed: 2, skipped: 0 }, 1)).toEqual({ passed: 3, failed: 2, skipped: 0 })
    expect(judge({ passed: 3, failed: 0, skipped: 1 }, 0)).toEqual({ passed: 3, failed: 0, skipped: 1 })
  })
})

describe('the sum', () => {
  const counts = [
    { passed: 1, failed: 0, skipped: 2 },
    { passed: 4, failed: 1, skipped: 0 },
  ]

  it('leaves skipped tests aside for a person at work', () => {
    expect(total(counts, { strict: false })).toEqual({ passed: 5, failed: 1, skipped: 2 })
  })

  it('takes skipped tests for failures where nothing may be missing', () => {
    expect(total(counts, { strict: true })).toEqual({ passed: 5, failed: 3, skipped: 2 })
  })
})

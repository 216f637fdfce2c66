// @ts-check
import { describe, expect, it } from 'vitest'
import {
  countPlaywright,
  countVitest,
  failuresOfPlaywright,
  failuresOfVitest,
  judge,
  total,
} from './reports.mjs'

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

describe('telling again what failed', () => {
  it('names each failed test of vitest, and each file that did not load, with the start of the message', () => {
    const report = {
      testResults: [
        { name: 'a.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
        {
          name: 'b.test.ts',
          status: 'failed',
          assertionResults: [
            { status: 'passed', fullName: 'b works' },
            {
              status: 'failed',
              fullName: 'b breaks',
              failureMessages: ['\u001b[31mone\u001b[39m\n2\n3\n4\n5'],
            },
          ],
        },
        { name: 'c.test.ts', status: 'passed', assertionResults: [] },
      ],
    }
    expect(failuresOfVitest(report)).toEqual([
      'a.test.ts\nno such module',
      'b.test.ts: b breaks\none\n2\n3\n4',
    ])
  })

  it('names each failed journey of Playwright in suites of any depth, and errors outside tests', () => {
    const failed = {
      title: 'breaks',
      file: 'x.spec.ts',
      line: 7,
      ok: false,
      tests: [{ results: [{ error: { message: 'late' } }] }],
    }
    const report = {
      suites: [{ specs: [{ title: 'works', ok: true }], suites: [{ specs: [failed] }] }],
      errors: [{ message: 'no such project' }],
    }
    expect(failuresOfPlaywright(report)).toEqual(['x.spec.ts:7: breaks\nlate', 'no such project'])
  })

  it('has nothing to tell where there is no report', () => {
    expect([...failuresOfVitest(undefined), ...failuresOfPlaywright(undefined)]).toEqual([])
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

import { describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import type { DiagnosisStep } from '../../shared/model/diagnosis'
import { failed, ok, skipped, warning, type Check } from './check'
import { runChecks } from './run-checks'

const check = (id: string, doIt: Check['run'], more: Partial<Check> = {}): Check => ({
  id,
  title: `Title of ${id}`,
  needs: [],
  run: doIt,
  ...more,
})

async function run(
  checks: readonly Check[],
  signal: AbortSignal = new AbortController().signal,
): Promise<{ steps: readonly DiagnosisStep[]; told: readonly (readonly DiagnosisStep[])[] }> {
  const told: (readonly DiagnosisStep[])[] = []
  await runChecks(checks, { signal, now: () => 0, onSteps: (steps) => told.push(steps) })
  return { steps: told.at(-1) ?? [], told }
}

const states = (steps: readonly DiagnosisStep[]): string => steps.map(({ state }) => state).join(' ')

describe('running checks', () => {
  it('tells all steps as waiting first, then each as running and with its end', async () => {
    const { told } = await run([check('a', () => ok('fine')), check('b', () => warning('hm'))])
    expect(told.map(states)).toEqual([
      'waiting waiting',
      'running waiting',
      'ok waiting',
      'ok running',
      'ok warning',
    ])
  })

  it('skips what means nothing after a failure and names the step it began with', async () => {
    const { steps } = await run([
      check('a', () => failed('broken', { cause: 'why', cure: 'do it' })),
      check('b', () => ok('b'), { needs: ['a'] }),
      check('c', () => ok('c'), { needs: ['b'] }),
      check('d', () => ok('d')),
    ])
    expect(states(steps)).toBe('failed skipped skipped ok')
    expect(steps[2]?.found).toBe('Not looked at, because of "Title of a"')
    expect(steps[0]).toMatchObject({ found: 'broken', cause: 'why', cure: 'do it' })
  })

  it('goes on after a step that does not apply to this host', async () => {
    const { steps } = await run([
      check('a', () => skipped('by a jump host')),
      check('b', () => ok('b'), { needs: ['a'] }),
    ])
    expect(states(steps)).toBe('skipped ok')
  })

  it('skips what follows a question the user did not answer', async () => {
    const { steps } = await run([
      check('a', () => Promise.reject(new AppError('cancelled', 'Signing in was cancelled'))),
      check('b', () => ok('b'), { needs: ['a'] }),
    ])
    expect(states(steps)).toBe('skipped skipped')
    expect(steps[0]?.found).toBe('Signing in was cancelled')
  })

  it('turns an error of a check into a failure with its cure and the words of the host', async () => {
    const error = new AppError('denied', 'Not you', { cure: 'Ask', detail: 'EACCES' })
    const { steps } = await run([check('a', () => Promise.reject(error))])
    expect(steps[0]).toMatchObject({ state: 'failed', found: 'Not you', cure: 'Ask', detail: 'EACCES' })
  })

  it('ends a check that never answers after its limit and says so', async () => {
    const { steps } = await run([check('a', () => new Promise(() => undefined), { limitMs: 10 })])
    expect(steps[0]).toMatchObject({ state: 'failed', found: 'No answer within 0 s' })
  })

  it('stops at once when it is cancelled, also within a check', async () => {
    const abort = new AbortController()
    const { steps } = await run(
      [
        check('a', () => {
          abort.abort()
          return new Promise(() => undefined)
        }),
        check('b', () => ok('b')),
      ],
      abort.signal,
    )
    expect(states(steps)).toBe('skipped skipped')
    expect(steps[1]?.found).toBe('The diagnosis was cancelled')
  })

  it('shortens what a host says without end', async () => {
    const long = 'x'.repeat(100_000)
    const { steps } = await run([
      check('a', () => failed(long, { detail: long, facts: Array.from({ length: 500 }, () => long) })),
    ])
    expect(steps[0]?.found).toHaveLength(4000)
    expect(steps[0]?.detail).toHaveLength(4000)
    expect(steps[0]?.facts).toHaveLength(40)
  })
})

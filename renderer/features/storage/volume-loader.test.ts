import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AppError } from '../../../shared/errors'
import { hostId } from '../../../shared/model/ids'
import type { Volume, VolumeName } from '../../../shared/model/storage/volume'
import { noRows, VolumeLoader, type VolumeRows } from './volume-loader'

const target = { host: hostId.parse('h'), pool: 'images' }
const nameOf = (index: number): string => `disk-${String(index).padStart(4, '0')}`

function detailsOf(name: string, change: Partial<Volume> = {}): Volume {
  return {
    name,
    key: `/images/${name}`,
    path: `/images/${name}`,
    type: 'file',
    format: 'qcow2',
    capacityBytes: 10,
    allocationBytes: 1,
    isEncrypted: false,
    ...change,
  }
}

function poolOf(count: number) {
  let volumes: VolumeName[] = Array.from({ length: count }, (_, index) => ({
    name: nameOf(index),
    key: `/images/${nameOf(index)}`,
  }))
  const asked: string[][] = []
  let failure: AppError | undefined
  let version = 1
  let state: VolumeRows = noRows
  const loader = new VolumeLoader({
    target,
    first: noRows,
    onChange: (next) => {
      state = next
    },
    ask: {
      volumeNames: async () => ({ volumes, isTruncated: false }),
      volumeDetails: async ({ names }) => {
        asked.push([...names])
        if (failure) throw failure
        const there = new Set(volumes.map(({ name }) => name))
        return {
          volumes: names
            .filter((name) => there.has(name))
            .map((name) => detailsOf(name, { allocationBytes: version })),
        }
      },
    },
  })
  return {
    loader,
    asked,
    state: () => state,
    change: (next: (before: VolumeName[]) => VolumeName[]) => {
      volumes = next(volumes)
      version += 1
    },
    fail: (error: AppError | undefined) => {
      failure = error
    },
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('all names are there before any details, and details come in batches of two hundred at most', async () => {
  const pool = poolOf(5000)
  await pool.loader.reload()
  expect(pool.state().rows).toHaveLength(5000)
  expect(pool.state().missing).toBe(5000)
  expect(pool.asked).toEqual([])
  await vi.runAllTimersAsync()
  expect(pool.state().missing).toBe(0)
  expect(pool.asked).toHaveLength(25)
  expect(Math.max(...pool.asked.map((names) => names.length))).toBe(200)
})

test('lines in view are asked for before all others, and those that left the view are not', async () => {
  const pool = poolOf(1000)
  await pool.loader.reload()
  const leave = pool.loader.want(nameOf(500))
  pool.loader.want(nameOf(900))
  pool.loader.want(nameOf(901))
  leave()
  await vi.advanceTimersByTimeAsync(50)
  expect(pool.asked[0]).toEqual([nameOf(900), nameOf(901)])
})

test('nothing more is asked once nobody looks', async () => {
  const pool = poolOf(1000)
  await pool.loader.reload()
  pool.loader.want(nameOf(0))
  pool.loader.stop()
  await vi.runAllTimersAsync()
  expect(pool.asked).toEqual([])
})

test('after a change new lines come first, known ones keep what was read until it is read again', async () => {
  const pool = poolOf(3)
  await pool.loader.reload()
  await vi.runAllTimersAsync()
  pool.change((before) => [...before.slice(1), { name: 'new', key: '/images/new' }])
  const kept = pool.state().rows?.[1]
  await pool.loader.reload()
  expect(pool.state().rows?.map(({ name }) => name)).toEqual([nameOf(1), nameOf(2), 'new'])
  expect(pool.state().rows?.[0]).toBe(kept)
  await vi.advanceTimersByTimeAsync(50)
  expect(pool.asked.at(-1)).toEqual(['new'])
  await vi.runAllTimersAsync()
  expect(pool.state().rows?.map(({ details }) => details?.allocationBytes)).toEqual([2, 2, 2])
})

test('in a large pool a change costs what is in view, the rest is read again when it comes there', async () => {
  const pool = poolOf(2000)
  await pool.loader.reload()
  await vi.runAllTimersAsync()
  pool.change((before) => before)
  pool.loader.want(nameOf(7))
  pool.asked.length = 0
  await pool.loader.reload()
  await vi.runAllTimersAsync()
  expect(pool.asked).toEqual([[nameOf(7)]])
  pool.loader.want(nameOf(1500))
  await vi.runAllTimersAsync()
  expect(pool.asked).toEqual([[nameOf(7)], [nameOf(1500)]])
  expect(pool.state().rows?.[1500]?.details?.allocationBytes).toBe(2)
})

test('a volume that is gone when its details are asked for leaves the list', async () => {
  const pool = poolOf(3)
  await pool.loader.reload()
  pool.change((before) => before.slice(0, 2))
  await vi.runAllTimersAsync()
  expect(pool.state().rows?.map(({ name }) => name)).toEqual([nameOf(0), nameOf(1)])
})

test('details that cannot be read are told, asked for no more, and read after all when wanted', async () => {
  const pool = poolOf(300)
  pool.fail(new AppError('timed-out', 'The host did not answer in time'))
  await pool.loader.reload()
  await vi.runAllTimersAsync()
  expect(pool.state().detailsError?.message).toBe('The host did not answer in time')
  expect(pool.state().rows).toHaveLength(300)
  expect(pool.asked).toHaveLength(1)
  pool.fail(undefined)
  pool.loader.retry()
  await vi.runAllTimersAsync()
  expect(pool.state().detailsError).toBeUndefined()
  expect(pool.state().missing).toBe(0)
})

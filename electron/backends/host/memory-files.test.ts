import { expect, test } from 'vitest'
import { memoryFiles, memoryFrom } from './memory-files'

const reading = (texts: Record<string, string>) => memoryFrom((path) => texts[path])

test('what page merging saves and how hard it works is told', () => {
  const found = reading({
    '/sys/kernel/mm/ksm/run': '1',
    '/sys/kernel/mm/ksm/pages_shared': '1000',
    '/sys/kernel/mm/ksm/pages_sharing': '25000',
    '/sys/kernel/mm/ksm/pages_unshared': '7',
    '/sys/kernel/mm/ksm/full_scans': '12',
    '/sys/kernel/mm/ksm/pages_to_scan': '100',
    '/sys/kernel/mm/ksm/sleep_millisecs': '20',
    '/sys/kernel/mm/ksm/merge_across_nodes': '0',
    '/sys/kernel/mm/transparent_hugepage/enabled': 'always [madvise] never',
  })
  expect(found).toEqual({
    merging: {
      isOn: true,
      keptPages: 1000,
      savedPages: 25_000,
      differingPages: 7,
      fullScans: 12,
      pagesPerScan: 100,
      pauseMs: 20,
      isAcrossNodes: false,
    },
    transparentHugePages: 'madvise',
  })
  expect(memoryFiles).toHaveLength(9)
})

test('merging that was stopped is off, also where its pages stay merged', () => {
  expect(reading({ '/sys/kernel/mm/ksm/run': '0', '/sys/kernel/mm/ksm/pages_sharing': '3' })).toEqual({
    merging: { isOn: false, savedPages: 3 },
  })
})

test('nothing is told of a kernel without them, nor of what is no number', () => {
  expect(reading({})).toEqual({})
  expect(
    reading({
      '/sys/kernel/mm/ksm/run': '1',
      '/sys/kernel/mm/ksm/full_scans': '-1 and more',
      '/sys/kernel/mm/transparent_hugepage/enabled': 'sometimes',
    }),
  ).toEqual({ merging: { isOn: true } })
})

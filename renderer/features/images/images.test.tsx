// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import { hostId, taskId } from '../../../shared/model/ids'
import type { DetectedMedium, DetectedOs } from '../../../shared/model/os/medium'
import type { ImageInfo, ImageReport } from '../../../shared/model/storage/image'
import type { Task } from '../../../shared/model/task'
import { installFakeMain, type Answers, type FakeMain } from '../../api/fake'
import { putTask } from '../../stores/tasks'
import { ImageDialog } from './ImageDialog'
import { OrphansDialog } from './OrphansDialog'

const host = hostId.parse('a')
const gib = 1024 ** 3
const image = (path: string, more: Partial<ImageInfo> = {}): ImageInfo => ({
  path,
  format: 'qcow2',
  virtualSizeBytes: 40 * gib,
  actualSizeBytes: 3 * gib,
  clusterSizeBytes: 65_536,
  isDirty: false,
  isEncrypted: false,
  snapshots: [],
  more: [['compat', '1.1']],
  ...more,
})
const report: ImageReport = {
  chain: [image('/i/top.qcow2', { backingPath: '/i/base.qcow2' }), image('/i/base.qcow2')],
  dependants: [],
  inUseBy: [],
}
const map = {
  extents: [
    { startBytes: 0, lengthBytes: gib, kind: 'data' as const },
    { startBytes: gib, lengthBytes: 3 * gib, kind: 'base' as const },
  ],
  isTruncated: false,
}

afterEach(cleanup)

async function open(
  answer: ImageReport,
  more: Answers['storage'] = {},
  detect: () => DetectedMedium | null = () => null,
): Promise<FakeMain> {
  const main = installFakeMain({
    storage: {
      image: () => answer,
      imageMap: () => map,
      imageCommand: ({ action }) => `qemu-img ${action.kind}`,
      ...more,
    },
    media: { detect },
    tasks: { cancel: () => undefined },
  })
  render(<ImageDialog host={host} path="/i/top.qcow2" />)
  await screen.findByRole('tab', { name: 'Overview' })
  return main
}

const sent = (main: FakeMain, channel: string): unknown =>
  main.calls.find((call) => call.channel === channel)?.input

async function toWork(kind: string): Promise<void> {
  fireEvent.click(screen.getByRole('tab', { name: 'Work on it' }))
  fireEvent.click(await screen.findByRole('button', { name: /What to do/ }))
  fireEvent.click(await screen.findByRole('option', { name: new RegExp(`^${kind}`) }))
}

const isOff = (button: HTMLElement): boolean => button.getAttribute('aria-disabled') === 'true'

describe('an image', () => {
  it('that is a disc says what it is of and what it starts with', async () => {
    const disc: ImageReport = {
      chain: [image('/i/debian.iso', { format: 'raw' })],
      dependants: [],
      inUseBy: [],
    }
    const os: DetectedOs = {
      id: 'http://debian.org/debian/12',
      shortId: 'debian12',
      name: 'Debian 12',
      arch: 'x86_64',
      isInstaller: true,
      isLive: false,
      others: [],
    }
    const label = 'Debian 12.5.0 amd64 n'
    const main = await open(disc, {}, () => ({
      label,
      sizeBytes: gib,
      startsBios: true,
      startsEfi: true,
      os,
    }))
    expect((await screen.findByText(/Debian 12 installer/)).textContent).toBe(
      'Debian 12 installer, x86_64, starts with BIOS and UEFI · labelled “Debian 12.5.0 amd64 n”',
    )
    expect(sent(main, 'media.detect')).toEqual({
      host,
      place: { kind: 'path', path: '/i/debian.iso' },
    })
  })

  it('that is no disc is not called one', async () => {
    const raw: ImageReport = { chain: [image('/i/a.raw', { format: 'raw' })], dependants: [], inUseBy: [] }
    const main = await open(raw, {}, () => null)
    await waitFor(() => expect(sent(main, 'media.detect')).toBeDefined())
    expect(document.querySelector('.image-disc')).toBeNull()
    cleanup()
    const qcow2 = await open(report)
    expect(sent(qcow2, 'media.detect')).toBeUndefined()
  })

  it('shows its chain, the facts of each and what is where', async () => {
    await open(report)
    const chain = within(screen.getByRole('region', { name: 'Chain of images' }))
    expect(chain.getAllByRole('button').map((one) => one.getAttribute('aria-pressed'))).toEqual([
      'true',
      'false',
    ])
    expect(screen.getByRole('img', { name: 'Data of its own: 1 GiB, From its base: 3 GiB' })).toBeTruthy()
    fireEvent.click(chain.getByRole('button', { name: /^Base/ }))
    expect(screen.getByRole('region', { name: 'About base.qcow2' })).toBeTruthy()
  })

  it('that others are built on says so, and is not changed', async () => {
    const main = await open({ ...report, dependants: ['/i/x', '/i/y', '/i/z'] })
    expect(screen.getByText('3 images are built on this one: it must not be written to')).toBeTruthy()
    await toWork('Compact')
    const button = screen.getByRole('button', { name: 'Compact' })
    expect(isOff(button)).toBe(true)
    fireEvent.click(button)
    expect(sent(main, 'storage.imageAction')).toBeUndefined()
  })

  it('whose base is missing says so, and offers the cure', async () => {
    await open({ ...report, chain: report.chain.slice(0, 1), brokenBy: 'Its base /i/base.qcow2 is missing' })
    expect(screen.getByRole('alert').textContent).toContain('Its base /i/base.qcow2 is missing')
    expect(screen.getByRole('alert').textContent).toContain('Another base')
  })

  it('that cannot be read says why, and is asked for again', async () => {
    let isDown = true
    installFakeMain({
      storage: {
        image: () => {
          if (isDown) throw new AppError('unsupported', 'No command can be run on the host')
          return report
        },
        imageMap: () => map,
      },
    })
    render(<ImageDialog host={host} path="/i/top.qcow2" />)
    expect((await screen.findByRole('alert')).textContent).toContain('No command can be run')
    isDown = false
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('tab', { name: 'Overview' })).toBeTruthy()
  })

  it('is checked, with the same command shown, and the answer stays', async () => {
    const main = await open(report, {
      imageAction: () => ({ summary: 'No errors', facts: [['Clusters', '1024']] }),
    })
    fireEvent.click(screen.getByRole('tab', { name: 'Work on it' }))
    expect(await screen.findByText('qemu-img check')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Check' }))
    expect(await screen.findByText('No errors')).toBeTruthy()
    expect(sent(main, 'storage.imageAction')).toEqual({
      host,
      path: '/i/top.qcow2',
      action: { kind: 'check', repair: 'no' },
    })
    expect(main.calls.filter(({ channel }) => channel === 'storage.image')).toHaveLength(2)
  })

  it('is converted to a name beside it, and that can be cancelled', async () => {
    let fail: (error: Error) => void = () => undefined
    const main = await open(report, {
      imageAction: () =>
        new Promise((_, reject) => {
          fail = reject
        }),
    })
    await toWork('Convert or copy')
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'New image' }).value).toBe('/i/top.img')
    fireEvent.click(screen.getByRole('button', { name: 'Convert' }))
    const task: Task = {
      id: taskId.parse('convert'),
      kind: 'image.convert',
      title: 'Converting top.qcow2',
      host,
      state: 'running',
      startedAtMs: 1,
      progress: 0.25,
      canCancel: true,
    }
    putTask(task)
    const bar = await screen.findByRole('progressbar', { name: 'Converting…' })
    await waitFor(() => expect(bar.getAttribute('aria-valuenow')).toBe('25'))
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(sent(main, 'tasks.cancel')).toEqual({ task: task.id }))
    fail(new AppError('cancelled', 'It was cancelled; what was written of the new image was removed'))
    expect(await screen.findByText(/what was written of the new image was removed/)).toBeTruthy()
  })

  it('is never committed when it is built on nothing', async () => {
    await open({ ...report, chain: [image('/i/top.qcow2')] })
    fireEvent.click(screen.getByRole('tab', { name: 'Work on it' }))
    fireEvent.click(await screen.findByRole('button', { name: /What to do/ }))
    const option = await screen.findByRole('option', { name: /^Commit/ })
    expect(option.getAttribute('aria-disabled')).toBe('true')
    expect(option.textContent).toContain('It is built on no other image')
  })

  it('tells what its tables need in memory', async () => {
    await open(report)
    fireEvent.click(screen.getByRole('tab', { name: 'Cache' }))
    expect(await screen.findByText('6.3 MiB')).toBeTruthy()
    expect(screen.getByText(/is enough for all of the disk/)).toBeTruthy()
    expect(screen.getByText(/l2-cache-size=5242880,refcount-cache-size=1310720/)).toBeTruthy()
  })
})

describe('unused images', () => {
  const orphans = [
    { pool: 'p', volume: 'small', path: '/p/small', allocationBytes: gib },
    { pool: 'q', volume: 'large', path: '/q/large', allocationBytes: 5 * gib },
  ]

  it('are deleted only when they were ticked and it was said again, pool by pool', async () => {
    let left = orphans
    const main = installFakeMain({
      storage: {
        orphans: () => ({ orphans: left, unread: ['pool archive'] }),
        deleteVolumes: ({ pool }) => {
          left = left.filter((one) => one.pool !== pool)
          const id = taskId.parse(`delete-${pool}`)
          putTask({
            id,
            kind: 'volume.delete',
            title: 'x',
            state: 'succeeded',
            startedAtMs: 1,
            canCancel: false,
          })
          return id
        },
      },
    })
    render(<OrphansDialog host={host} />)
    const table = await screen.findByRole('table', { name: 'Unused images' })
    expect(screen.getByText('pool archive')).toBeTruthy()
    // the largest first, and none ticked
    const boxes = within(table).getAllByRole<HTMLInputElement>('checkbox')
    expect(boxes.map((box) => box.checked)).toEqual([false, false, false])
    expect(within(table).getAllByRole('row')[1]?.textContent).toContain('large')
    expect(isOff(screen.getByRole('button', { name: 'Delete…' }))).toBe(true)
    fireEvent.click(boxes[0] as HTMLInputElement)
    expect(screen.getByText('2 images, 6 GiB')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Delete…' }))
    expect(sent(main, 'storage.deleteVolumes')).toBeUndefined()
    fireEvent.click(screen.getByRole('button', { name: 'Delete 2 images' }))
    expect(await screen.findByText('Every image is in use')).toBeTruthy()
    const asked = main.calls.filter(({ channel }) => channel === 'storage.deleteVolumes')
    expect(asked.map(({ input }) => input)).toEqual([
      { host, pool: 'p', volumes: ['small'], evenUsed: [] },
      { host, pool: 'q', volumes: ['large'], evenUsed: [] },
    ])
  })
})

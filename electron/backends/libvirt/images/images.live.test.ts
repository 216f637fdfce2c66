import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImageAction } from '../../../../shared/model/storage/image'
import { ImageBench, watched } from './testing'

let bench: ImageBench

beforeEach(async () => {
  bench = await ImageBench.start()
})

afterEach(() => bench.stop())

const act = (path: string, action: ImageAction) => bench.session.imageAction(path, action, watched())

describe('a chain of images', () => {
  it('is told from the top to the base, with what is in each', async () => {
    const paths = await bench.chain('base, one', 'two', "three'", 'top')
    await bench.do('qemu-img', 'snapshot', '-c', 'before, it', paths[3] ?? '')
    const report = await bench.session.image(paths[3] ?? '')
    expect(report.chain.map(({ path }) => path)).toEqual(paths.toReversed())
    expect(report.brokenBy).toBeUndefined()
    expect(report.chain[0]).toMatchObject({
      format: 'qcow2',
      virtualSizeBytes: 64 * 2 ** 20,
      clusterSizeBytes: 65_536,
      backingPath: paths[2],
      backingFormat: 'qcow2',
      isDirty: false,
      isEncrypted: false,
    })
    expect(report.chain[0]?.snapshots).toMatchObject([{ name: 'before, it', vmStateBytes: 0 }])
    expect(report.chain[0]?.snapshots[0]?.atMs).toBeGreaterThan(Date.UTC(2020, 0))
    expect(report.chain[0]?.more).toContainEqual(['compat', '1.1'])
  })

  it('is told as far as it goes when a base is missing', async () => {
    const paths = await bench.chain('base', 'middle', 'top')
    await bench.do('rm', paths[0] ?? '')
    const { chain, brokenBy } = await bench.session.image(paths[2] ?? '')
    expect(chain.map(({ path }) => path)).toEqual([paths[2], paths[1]])
    expect(brokenBy).toBe(`Its base ${paths[0]} is missing`)
  })

  it('is not followed in a circle, nor to another host', async () => {
    const [one = '', two = ''] = await bench.chain('one', 'two')
    await bench.do('qemu-img', 'rebase', '-u', '-f', 'qcow2', '-b', two, '-F', 'qcow2', one)
    expect((await bench.session.image(two)).brokenBy).toContain('built on itself')
    await bench.do('qemu-img', 'rebase', '-u', '-f', 'qcow2', '-b', 'nbd://127.0.0.1:1/x', '-F', 'raw', two)
    const { chain, brokenBy } = await bench.session.image(two)
    expect(chain).toHaveLength(1)
    expect(brokenBy).toContain('nbd://127.0.0.1:1/x')
  })

  it('shows its data, the data of its bases and what is empty', async () => {
    const [, top = ''] = await bench.chain('base', 'top')
    const { extents, isTruncated } = await bench.session.imageMap(top)
    const mib = 2 ** 20
    expect(isTruncated).toBe(false)
    expect(extents).toEqual([
      { startBytes: 0, lengthBytes: mib, kind: 'base' },
      { startBytes: mib, lengthBytes: mib, kind: 'data' },
      { startBytes: 2 * mib, lengthBytes: 62 * mib, kind: 'zero' },
    ])
  })

  it('names those that are built on an image, however far up, and VMs that run with one of them', async () => {
    const [base = '', middle = '', top = ''] = await bench.chain('base', 'middle', 'top')
    bench.usage = {
      users: {
        [base]: [{ kind: 'image', name: middle }],
        [middle]: [{ kind: 'image', name: top }],
        [top]: [{ kind: 'disk', name: 'web', vm: 'web', isRunning: true }],
      },
      unread: [],
    }
    expect(await bench.session.image(base)).toMatchObject({ dependants: [middle, top], inUseBy: ['web'] })
  })
})

describe('an image', () => {
  it('is found to be sound, and damage is found and repaired', async () => {
    const [path = ''] = await bench.chain('disk')
    expect(await act(path, { kind: 'check', repair: 'no' })).toMatchObject({ summary: 'No errors' })
    // the reference counts of the first clusters, gone
    await bench.do('dd', 'if=/dev/zero', `of=${path}`, 'bs=2', 'seek=65536', 'count=4', 'conv=notrunc')
    expect((await act(path, { kind: 'check', repair: 'no' })).summary).toMatch(/error/)
    expect((await act(path, { kind: 'check', repair: 'all' })).summary).toMatch(/mended/)
    expect(await act(path, { kind: 'check', repair: 'no' })).toMatchObject({ summary: 'No errors' })
  })

  it('of a format without tables cannot be checked, and that is said', async () => {
    await bench.do('truncate', '-s', '1M', bench.at('disk.raw'))
    await expect(act(bench.at('disk.raw'), { kind: 'check', repair: 'no' })).rejects.toMatchObject({
      kind: 'unsupported',
      message: 'Images of format raw cannot be checked',
    })
  })

  it('stands alone after its base was taken in, with the same data', async () => {
    const [, , top = ''] = await bench.chain('base', 'middle', 'top')
    await bench.do('qemu-img', 'convert', '-O', 'raw', top, bench.at('before'))
    expect(await act(top, { kind: 'rebase', isUnsafe: false })).toMatchObject({
      summary: 'The image stands alone now',
    })
    const { chain } = await bench.session.image(top)
    expect(chain).toHaveLength(1)
    expect(await act(top, { kind: 'compare', with: bench.at('before'), withFormat: 'raw' })).toMatchObject({
      summary: 'The images are equal',
    })
  })

  it('finds its base again when that was moved', async () => {
    const [base = '', top = ''] = await bench.chain('base', 'top')
    await bench.do('mv', base, bench.at('moved, away'))
    await act(top, { kind: 'rebase', base: bench.at('moved, away'), isUnsafe: true })
    const { chain, brokenBy } = await bench.session.image(top)
    expect(brokenBy).toBeUndefined()
    expect(chain[1]?.path).toBe(bench.at('moved, away'))
    expect(chain[0]?.backingFormat).toBe('qcow2')
  })

  it('is not built on one that is built on it', async () => {
    const [base = '', top = ''] = await bench.chain('base', 'top')
    await expect(act(base, { kind: 'rebase', base: top, isUnsafe: true })).rejects.toMatchObject({
      kind: 'invalid',
      field: 'base',
    })
  })

  it('is committed to its base', async () => {
    const [base = '', top = ''] = await bench.chain('base', 'top')
    await bench.do('qemu-img', 'convert', '-O', 'raw', top, bench.at('before'))
    await act(top, { kind: 'commit' })
    expect(await act(base, { kind: 'compare', with: bench.at('before'), withFormat: 'raw' })).toMatchObject({
      summary: 'The images are equal',
    })
  })

  it('tells where two of them differ', async () => {
    const [one = ''] = await bench.chain('one')
    const [two = ''] = await bench.chain('two')
    await bench.write(two, 5, 9)
    const { summary, facts } = await act(one, { kind: 'compare', with: two })
    expect(summary).toBe('The images differ')
    expect(facts).toEqual([['First difference', `byte ${5 * 2 ** 20}, after 5 MiB`]])
  })

  it('is converted with the choices of the format, and keeps its data', async () => {
    const [one = ''] = await bench.chain('one')
    const to = bench.at('copy, of it')
    const { summary } = await act(one, {
      kind: 'convert',
      to,
      format: 'qcow2',
      isCompressed: true,
      options: { cluster_size: '128k', compression_type: 'zstd' },
    })
    expect(summary).toContain('copy, of it')
    expect((await bench.session.image(to)).chain[0]).toMatchObject({ clusterSizeBytes: 131_072 })
    expect(await act(one, { kind: 'compare', with: to })).toMatchObject({ summary: 'The images are equal' })
    await act(one, { kind: 'convert', to: bench.at('v'), format: 'vmdk', isCompressed: false, options: {} })
    expect((await bench.session.image(bench.at('v'))).chain[0]?.format).toBe('vmdk')
  })

  it('is not written over another file, and takes no options that its format does not have', async () => {
    const [one = '', two = ''] = await bench.chain('one', 'two')
    const convert = { kind: 'convert', to: two, format: 'raw', isCompressed: false, options: {} } as const
    await expect(act(one, convert)).rejects.toMatchObject({ kind: 'already-exists', field: 'to' })
    const wrong = { ...convert, to: bench.at('new'), options: { backing_file: '/etc/shadow' } }
    await expect(act(one, wrong)).rejects.toMatchObject({ kind: 'invalid', field: 'backing_file' })
    expect(await bench.exists('new')).toBe(false)
  })

  it('changes its version, and grows', async () => {
    const [one = ''] = await bench.chain('one')
    await act(one, { kind: 'amend', options: { compat: '0.10' } })
    await act(one, { kind: 'amend', options: { compat: '1.1', lazy_refcounts: 'on' } })
    await act(one, { kind: 'resize', capacityBytes: 128 * 2 ** 20, shrink: false })
    const { chain } = await bench.session.image(one)
    expect(chain[0]).toMatchObject({ virtualSizeBytes: 128 * 2 ** 20 })
    expect(chain[0]?.more).toContainEqual(['lazy-refcounts', 'yes'])
  })

  it('shrinks only when that is wanted, and in formats that can', async () => {
    const [one = ''] = await bench.chain('one')
    const smaller = { kind: 'resize', capacityBytes: 32 * 2 ** 20, shrink: false } as const
    await expect(act(one, smaller)).rejects.toMatchObject({ kind: 'invalid', field: 'capacityBytes' })
    await act(one, { ...smaller, shrink: true })
    expect((await bench.session.image(one)).chain[0]).toMatchObject({ virtualSizeBytes: 32 * 2 ** 20 })
    await bench.do('qemu-img', 'create', '-q', '-f', 'vdi', bench.at('v.vdi'), '8M')
    await expect(act(bench.at('v.vdi'), { ...smaller, shrink: true })).rejects.toMatchObject({
      kind: 'unsupported',
      cure: 'Convert it to qcow2 or raw first.',
    })
  })

  it('gives back what it does not use, and keeps owner, mode, base and data', async () => {
    const [, top = ''] = await bench.chain('base', 'top')
    await bench.do('qemu-io', '-f', 'qcow2', '-c', 'write -P 7 8M 32M', '-c', 'write -P 0 8M 31M', top)
    await bench.do('chmod', '640', top)
    await bench.do('chown', '65534:12', top)
    await bench.do('qemu-img', 'convert', '-O', 'raw', top, bench.at('before'))
    const { summary, facts } = await act(top, { kind: 'compact' })
    expect(summary).toMatch(/given back/)
    expect(facts.map(([name]) => name)).toEqual(['Before', 'Now'])
    expect((await bench.do('stat', '-c', '%a %u:%g', top)).trim()).toBe('640 65534:12')
    const { chain } = await bench.session.image(top)
    expect(chain).toHaveLength(2)
    expect(chain[0]?.actualSizeBytes).toBeLessThan(4 * 2 ** 20)
    expect(await act(top, { kind: 'compare', with: bench.at('before'), withFormat: 'raw' })).toMatchObject({
      summary: 'The images are equal',
    })
    expect(await bench.exists('top.innkeeper-compact')).toBe(false)
  })

  it('is compacted when its base is written as a name beside it', async () => {
    await bench.chain('base')
    const top = bench.at('top')
    await bench.do('qemu-img', 'create', '-q', '-f', 'qcow2', '-b', 'base', '-F', 'qcow2', top)
    await act(top, { kind: 'compact' })
    expect(
      (await bench.session.image(top)).chain.map(({ path, backingPath }) => [path, backingPath]),
    ).toEqual([
      [top, 'base'],
      [bench.at('base'), undefined],
    ])
  })

  it('with snapshots inside is not compacted, as they would be lost', async () => {
    const [one = ''] = await bench.chain('one')
    await bench.do('qemu-img', 'snapshot', '-c', 'x', one)
    await expect(act(one, { kind: 'compact' })).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('the snapshot inside it'),
    })
  })

  it('is copied in part', async () => {
    const [one = ''] = await bench.chain('one')
    const to = bench.at('part, of it')
    const megabyte = 2 ** 20
    await act(one, { kind: 'dd', to, format: 'raw', blockSizeBytes: megabyte, count: 1, skip: 0 })
    const { stdout } = await bench.link.run(['od', '-An', '-tx1', '-N2', to])
    expect(stdout.trim()).toBe('01 01')
    expect((await bench.session.image(to)).chain[0]).toMatchObject({ virtualSizeBytes: megabyte })
  })
})

describe('an image that others need', () => {
  it.each<ImageAction>([
    { kind: 'check', repair: 'all' },
    { kind: 'rebase', isUnsafe: false },
    { kind: 'commit' },
    { kind: 'amend', options: { compat: '1.1' } },
    { kind: 'resize', capacityBytes: 2 ** 27, shrink: false },
    { kind: 'compact' },
    { kind: 'convert', to: '/tmp/never', format: 'raw', isCompressed: false, options: {} },
  ])('is not touched while a VM runs with it: $kind', async (action) => {
    const [, top = ''] = await bench.chain('base', 'top')
    const before = await bench.do('sha256sum', top)
    bench.usage = {
      users: { [top]: [{ kind: 'disk', name: 'web', vm: 'web', isRunning: true }] },
      unread: [],
    }
    await expect(act(top, action)).rejects.toMatchObject({
      kind: 'busy',
      message: 'web runs with this image',
    })
    expect(await bench.do('sha256sum', top)).toBe(before)
  })

  it('is not written to while others are built on it, and they are named', async () => {
    const [base = '', top = ''] = await bench.chain('base', 'top')
    bench.usage = { users: { [base]: [{ kind: 'image', name: top }] }, unread: [] }
    await expect(act(base, { kind: 'resize', capacityBytes: 2 ** 27, shrink: false })).rejects.toMatchObject({
      kind: 'busy',
      message: `${top} is built on this image`,
    })
    // a copy of it leaves it as it is
    await act(base, {
      kind: 'convert',
      to: bench.at('copy'),
      format: 'raw',
      isCompressed: false,
      options: {},
    })
  })

  it('is not committed to a base that other images are built on too', async () => {
    const [base = '', top = ''] = await bench.chain('base', 'top')
    bench.usage = {
      users: {
        [base]: [
          { kind: 'image', name: top },
          { kind: 'image', name: '/other.qcow2' },
        ],
      },
      unread: [],
    }
    await expect(act(top, { kind: 'commit' })).rejects.toMatchObject({
      kind: 'busy',
      message: '/other.qcow2 is built on this image',
    })
  })

  it('that a program has open without libvirt knowing is refused by its lock', async () => {
    const [one = ''] = await bench.chain('one')
    const holder = await bench.link.exec(['qemu-io', '-f', 'qcow2', one])
    const prompt = new Promise((resolve) => holder.stream.once('data', resolve))
    holder.stream.write('length\n')
    await prompt
    await expect(act(one, { kind: 'resize', capacityBytes: 2 ** 27, shrink: false })).rejects.toMatchObject({
      kind: 'busy',
      message: 'Another program has the image open',
    })
    // looking past the lock is fine
    expect((await bench.session.image(one)).chain).toHaveLength(1)
    holder.stream.destroy()
  })
})

describe('long work', () => {
  it('tells how far it is', async () => {
    const [one = ''] = await bench.chain('one')
    const context = watched()
    await bench.session.imageAction(
      one,
      { kind: 'convert', to: bench.at('copy'), format: 'raw', isCompressed: false, options: {} },
      context,
    )
    expect(context.seen.at(-1)).toBe(1)
  })

  it('that is cancelled stops on the host, and leaves nothing', async () => {
    const [one = ''] = await bench.chain('one')
    await bench.do('qemu-io', '-f', 'qcow2', '-c', 'write -P 3 0 64M', one)
    const context = watched()
    const to = bench.at('copy')
    const work = bench.session.imageAction(
      one,
      { kind: 'convert', to, format: 'qcow2', isCompressed: true, options: { compression_type: 'zlib' } },
      { ...context, onProgress: () => context.cancel() },
    )
    await expect(work).rejects.toMatchObject({
      kind: 'cancelled',
      message: 'It was cancelled; what was written of the new image was removed',
    })
    expect(await bench.exists('copy')).toBe(false)
    expect((await bench.link.run(['pgrep', '-f', `convert.*${to.slice(0, 20)}`])).stdout).toBe('')
  })

  it('ends with the connection: the host stops it by itself', async () => {
    const [one = ''] = await bench.chain('one')
    await bench.do('qemu-io', '-f', 'qcow2', '-c', 'write -P 3 0 64M', one)
    const other = await ImageBench.start()
    const to = bench.at('copy')
    const work = other.session.imageAction(
      one,
      { kind: 'convert', to, format: 'qcow2', isCompressed: true, options: {} },
      { ...watched(), onProgress: () => void other.link.close() },
    )
    await expect(work).rejects.toBeDefined()
    await expect.poll(() => bench.exists('copy')).toBe(false)
    await other.stop()
  })
})

describe('commands', () => {
  it('can be pasted into a shell, whatever is in the names', async () => {
    const [one = ''] = await bench.chain("it's, one")
    const to = bench.at('$(touch nothing)\n;x')
    await bench.session.image(one)
    const text = bench.session.imageCommand(one, {
      kind: 'convert',
      to,
      format: 'qcow2',
      isCompressed: false,
      options: { cluster_size: '128k' },
    })
    expect(text).toContain('qemu-img convert -p -f qcow2 -O qcow2 -o cluster_size=128k ')
    await bench.do('sh', '-c', text)
    expect((await bench.session.image(to)).chain[0]).toMatchObject({ clusterSizeBytes: 131_072 })
  })
})

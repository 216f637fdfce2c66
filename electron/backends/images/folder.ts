/** Files and folders of the host. */
import { AppError } from '../../../shared/errors'
import type { HostFile, HostFolder } from '../../../shared/model/storage/image'
import { given } from '../../../shared/given'
import type { HostCommands } from './host-commands'
import { readRecords } from './records'
import { toolError } from './tool-errors'

const maxFiles = 5000
const limitMs = 20_000

/** Depth, type, type of what it leads to, who may do what, size, time of change, name; `-H` follows the folder itself if it is a link. */
const form = '%d %y %Y %m %s %T@ %f\\0'

export async function readFolder(host: HostCommands, path: string): Promise<HostFolder> {
  const command = await host.start(['find', '-H', path, '-maxdepth', '1', '-printf', form])
  const files: HostFile[] = []
  let isFolder: boolean | undefined
  const { isTruncated, exit, stderr } = await readRecords(
    command,
    '\0',
    (record) => {
      const read = entryFrom(record)
      if (!read) return true
      if (read.depth === 0) isFolder = read.file.isFolder
      else files.push(read.file)
      return files.length < maxFiles && isFolder !== false
    },
    limitMs,
  )
  if (isFolder === false) throw new AppError('invalid', 'This is no folder', { detail: path })
  if (isFolder === undefined) {
    // busybox's find prints in no form of ours
    if (/unrecognized|-printf/.test(stderr)) return plainly(host, path)
    throw toolError('find', { stderr, code: exit.code ?? -1 })
  }
  // with nothing in it, a complaint is about the folder itself
  if (files.length === 0 && exit.code !== undefined && exit.code !== 0) {
    throw toolError('find', { stderr, code: exit.code })
  }
  return { path, files: files.toSorted(byKindAndName), isTruncated }
}

export function entryFrom(record: string): { depth: number; file: HostFile } | undefined {
  const [, depth, own, leadsTo, mode = '', size, seconds, name] =
    /^(\d+) (\w) (\S) ([0-7]+) (\d+) (-?[\d.]+) ([^]+)$/.exec(record) ?? []
  if (depth === undefined || name === undefined) return undefined
  const isFolder = leadsTo === 'd'
  return {
    depth: Number(depth),
    file: {
      name,
      isFolder,
      isLink: own === 'l',
      ...(own === 'f' ? { isExecutable: (Number.parseInt(mode, 8) & 0o111) !== 0 } : {}),
      ...(isFolder || own !== 'f' ? {} : { sizeBytes: Number(size) }),
      ...given('modifiedAtMs', Number(seconds) > 0 ? Math.round(Number(seconds) * 1000) : undefined),
    },
  }
}

/** Names only, on hosts with small tools. */
async function plainly(host: HostCommands, path: string): Promise<HostFolder> {
  const { stdout, stderr, code } = await host.run(['ls', '-1Ap', '--', `${path}/`])
  if (code !== 0) throw toolError('ls', { stderr, code })
  const lines = stdout.split('\n').filter((line) => line !== '')
  const files = lines.slice(0, maxFiles).map((line) => {
    const isFolder = line.endsWith('/')
    return { name: isFolder ? line.slice(0, -1) : line, isFolder, isLink: false }
  })
  return { path, files: files.toSorted(byKindAndName), isTruncated: lines.length > maxFiles }
}

function byKindAndName(a: HostFile, b: HostFile): number {
  if (a.isFolder !== b.isFolder) return a.isFolder ? -1 : 1
  return a.name < b.name ? -1 : 1
}

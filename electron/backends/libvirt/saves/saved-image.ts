/** A file with a guest's memory, as the daemon reads it: it may, whoever the account of the link is. */
import { AppError } from '../../../../shared/errors'
import { EditDocument } from '../../../domain-xml/edit/tree'
import { parseXml, type XmlElement } from '../../../domain-xml/document'
import { sizeOf } from '../../../domain-xml/sizes'
import {
  RpcError,
  isDenied,
  isUnsupported,
  virDomainXMLFlags as xmlFlags,
  virErrorNumber as codes,
} from '../../../libvirt-rpc/index'
import { vmId } from '../../../../shared/model/ids'
import type { SavedFile, SavedOf } from '../../../../shared/model/save/saved-state'
import { domainOf } from '../domain-handle'
import { readTimeoutMs, type LibvirtHost } from '../host'

const noSuchFile = 2

export interface SavedImage {
  readonly file: Omit<SavedFile, 'sizeBytes' | 'savedAtMs'>
  /** Files that the guest writes to. */
  readonly diskPaths: readonly string[]
}

export async function readImage(host: LibvirtHost, path: string): Promise<SavedImage> {
  const { xml } = await host.rpc
    .call('DOMAIN_SAVE_IMAGE_GET_XML_DESC', { file: path, flags: 0 }, { timeoutMs: readTimeoutMs })
    .catch((error: unknown) => {
      throw notSaved(path, error)
    })
  const { root } = parseXml(xml, `the definition in ${path}`)
  const vm = vmId.parse(root.textOf('uuid'))
  return {
    file: {
      path,
      name: root.textOf('name') ?? '',
      vm,
      memoryBytes: sizeOf(root.find('memory'), 'KiB') ?? 0,
    },
    diskPaths: writableFiles(root),
  }
}

/** Undefined for any other file. */
export async function imageIfSaved(host: LibvirtHost, path: string): Promise<SavedImage | undefined> {
  try {
    return await readImage(host, path)
  } catch (error) {
    // all else is no matter of this file: the connection is gone, or the host cannot
    if (!(error instanceof AppError)) throw error
    return undefined
  }
}

/** Undefined where the driver cannot tell. */
export async function isTaken(host: LibvirtHost, path: string): Promise<boolean | undefined> {
  try {
    await host.rpc.call(
      'DOMAIN_SAVE_IMAGE_GET_XML_DESC',
      { file: path, flags: 0 },
      { timeoutMs: readTimeoutMs },
    )
    return true
  } catch (error) {
    if (!(error instanceof RpcError) || isUnsupported(error)) return undefined
    return !isMissing(error)
  }
}

/** With its secrets: without VIR_DOMAIN_XML_SECURE a password would be lost when the text is stored again. */
export async function savedDocument(host: LibvirtHost, of: SavedOf): Promise<EditDocument> {
  const read = (flags: number): Promise<{ xml: string }> =>
    of.kind === 'file'
      ? host.rpc.call(
          'DOMAIN_SAVE_IMAGE_GET_XML_DESC',
          { file: of.path, flags },
          { timeoutMs: readTimeoutMs },
        )
      : host.rpc.call(
          'DOMAIN_MANAGED_SAVE_GET_XML_DESC',
          { dom: domainOf(of.vm, host.inventory.nameOf(of.vm)), flags },
          { timeoutMs: readTimeoutMs },
        )
  try {
    const { xml } = await read(xmlFlags.VIR_DOMAIN_XML_SECURE).catch((error: unknown) => {
      if (isDenied(error)) return read(0)
      throw error
    })
    return EditDocument.parse(xml, 'the saved definition')
  } catch (error) {
    throw of.kind === 'file' ? notSaved(of.path, error) : error
  }
}

function notSaved(path: string, error: unknown): unknown {
  if (!(error instanceof RpcError) || !isOfFile(error)) return error
  if (isMissing(error))
    return new AppError('not-found', `There is no file ${path} on the host`, {
      cure: 'It was moved or deleted.',
      detail: error.message,
      cause: error,
    })
  return new AppError('invalid', `${path} does not hold the memory of a VM`, {
    cure: 'Choose a file that "Save to file" or virsh save has written. One whose writing was cut off cannot be restored.',
    detail: error.message,
    cause: error,
  })
}

/** Whatever else the driver finds wrong with a file it calls an operation that failed. */
function isOfFile(error: RpcError): boolean {
  return (
    isMissing(error) ||
    error.code === codes.VIR_ERR_OPERATION_FAILED ||
    error.code === codes.VIR_ERR_INTERNAL_ERROR
  )
}

function isMissing(error: RpcError): boolean {
  return error.code === codes.VIR_ERR_SYSTEM_ERROR && error.details.int1 === noSuchFile
}

function writableFiles(root: XmlElement): string[] {
  return (root.find('devices')?.children('disk') ?? []).flatMap((disk) => {
    const path = disk.find('source')?.attribute('file')
    return path === undefined || disk.find('readonly') ? [] : [path]
  })
}

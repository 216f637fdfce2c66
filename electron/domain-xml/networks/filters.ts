/** A network filter out of its XML (https://libvirt.org/formatnwfilter.html). */
import { createHash } from 'node:crypto'
import { AppError } from '../../../shared/errors'
import type { NetworkFilter } from '../../../shared/model/networks/network'
import { EditDocument, type EditElement } from '../edit/tree'

export const textFingerprint = (xml: string): string => createHash('sha256').update(xml).digest('hex')

type Facts = Omit<NetworkFilter, 'usedBy'>

export function filterFacts(xml: string): Facts {
  const { root } = EditDocument.parse(xml, 'a network filter')
  const [chain, priority] = [root.attribute('chain'), root.attribute('priority')]
  return {
    name: root.attribute('name') ?? '',
    uuid: root.find('uuid')?.text() ?? '',
    xml,
    base: textFingerprint(xml),
    ...(chain === undefined ? {} : { chain }),
    ...(priority !== undefined && /^-?\d{1,9}$/.test(priority) ? { priority: Number(priority) } : {}),
    ruleCount: root.children('rule').length,
    includes: includesOf(root),
  }
}

function includesOf(root: EditElement): string[] {
  return [...new Set(root.children('filterref').flatMap((one) => one.attribute('filter') ?? []))]
}

/** What a user wrote. */
export function writtenFilter(xml: string): EditDocument {
  let document: EditDocument
  try {
    document = EditDocument.parse(xml)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError('invalid', 'This is not well-formed XML, so it is no filter', {
      cure: 'See where it breaks off, and mend it there.',
      detail: error.detail,
      field: 'xml',
      cause: error,
    })
  }
  if (document.root.name !== 'filter' || !document.root.attribute('name'))
    throw new AppError('invalid', 'A filter begins with <filter name="…">', { field: 'xml' })
  return document
}

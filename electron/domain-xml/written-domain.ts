/** Definitions of VMs that come from above: who they say they are. */
import { AppError } from '../../shared/errors'
import { EditDocument } from './edit/tree'

export interface WrittenDomain {
  readonly document: EditDocument
  readonly name: string
  readonly uuid?: string
}

/** Ends with `invalid` for what is no definition of a VM; whether a host takes it is the host's to say. */
export function writtenDomain(xml: string): WrittenDomain {
  const document = parsed(xml)
  const { root } = document
  if (root.name !== 'domain') throw wrong('This is no definition of a VM: it begins with something else')
  const name = root.find('name')?.text() ?? ''
  if (name === '') throw wrong('The VM has no name')
  const uuid = root.find('uuid')?.text()?.toLowerCase()
  return { document, name, ...(uuid === undefined || uuid === '' ? {} : { uuid }) }
}

function parsed(xml: string): EditDocument {
  try {
    return EditDocument.parse(xml, 'the definition')
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw wrong('This is not well-formed XML, so it is no definition', error.detail ?? error.message)
  }
}

function wrong(message: string, detail?: string): AppError {
  return new AppError('invalid', message, { field: 'xml', detail })
}

/** Definitions of volumes that a user wrote. */
import { AppError } from '../../../shared/errors'
import { problemOf } from '../../../shared/model/hardware/field'
import { volume } from '../../../shared/model/storage/volume-kind'
import { parseXml, type XmlElement } from '../document'

/** Ends with `invalid` for what is no volume; whether it can be made is the host's to say. */
export function writtenVolume(xml: string): { readonly root: XmlElement; readonly name: string } {
  const root = rootOf(xml)
  if (root.name !== 'volume') throw wrong('This is no definition of a volume: it begins with something else')
  const name = root.textOf('name') ?? ''
  if (name === '') throw wrong('The volume has no name')
  // a name with a way in it would lead out of the pool
  const problem = problemOf(volume.fields.name, name)
  if (problem !== undefined) throw wrong(`A volume cannot be called "${name}"`, problem)
  return { root, name }
}

function rootOf(xml: string): XmlElement {
  try {
    return parseXml(xml, 'the definition').root
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw wrong('This is not well-formed XML, so it is no definition', error.detail ?? error.message)
  }
}

function wrong(message: string, detail?: string): AppError {
  return new AppError('invalid', message, { field: 'xml', ...(detail === undefined ? {} : { detail }) })
}

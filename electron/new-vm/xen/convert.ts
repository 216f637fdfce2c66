/**
 * A definition made for Xen, for a host without it, or for Xen's fully virtual guests: each change is told with its reason, and
 * whatever nobody has to change stays as it was written.
 */
import { AppError } from '../../../shared/errors'
import type { HostCapabilities } from '../../../shared/model/host-details'
import {
  conversionNames,
  type ConvertDefinitionInput,
  type DefinitionConversion,
} from '../../../shared/model/new-vm/conversion'
import { EditDocument } from '../../domain-xml/edit/tree'
import { convertDevices } from './device-rules'
import { convertDisks } from './disk-rules'
import { ConversionJob } from './job'
import { convertMachine } from './machine-rules'
import { convertNics } from './nic-rules'
import { kindFor, xenKindOf } from './source'

export function convertXen(
  { xml, to, devices }: Pick<ConvertDefinitionInput, 'xml' | 'to' | 'devices'>,
  capabilities: HostCapabilities,
): DefinitionConversion {
  const document = EditDocument.parse(xml)
  const { root } = document
  const from = xenKindOf(root)
  if (root.name !== 'domain' || from === undefined)
    throw new AppError('invalid', 'This definition is not made for Xen', { field: 'xml' })
  if (to === 'xen-hvm' && from === 'hvm')
    throw new AppError('invalid', 'This guest is fully virtual already', { field: 'xml' })
  const kind = kindFor(root, capabilities, to)
  if (!kind)
    throw new AppError('unsupported', `This host runs no such guests with ${conversionNames[to]}`, {
      cure: 'Choose a host that has it for the architecture of the definition.',
      field: 'xml',
    })
  const job = new ConversionJob(root, { to, devices, kind })
  convertMachine(job)
  convertDisks(job)
  convertNics(job)
  convertDevices(job)
  return {
    xml: document.toString(),
    steps: job.steps,
    warnings: [...new Set(job.warnings)],
    renamed: job.renamed,
  }
}

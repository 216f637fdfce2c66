/**
 * The network interfaces that the kernel of the daemon's host knows: where the link runs commands there. Nothing of it is
 * needed; it tells what libvirt's lists leave out.
 */
import { AppError } from '../../../shared/errors'
import type { Link } from '../../link/link'
import { readKernelLinks, type KernelLink } from '../host/kernel-links'
import { whyNotThere } from './console-settings'

/** Empty where nothing can be read. */
export async function readDaemonLinks(link: Link, hostname: string): Promise<KernelLink[]> {
  try {
    return (await whyNotThere(link, hostname)) === undefined ? await readKernelLinks(link) : []
  } catch (error) {
    if (error instanceof AppError) return []
    throw error
  }
}

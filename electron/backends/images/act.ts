/** Does something to an image: looks who has it, runs qemu-img, tells what came of it. */
import { AppError } from '../../../shared/errors'
import type { ImageAction, ImageResult } from '../../../shared/model/storage/image'
import { isSeveralFiles } from '../../../shared/model/storage/image-formats'
import type { StorageUsage } from '../../../shared/model/storage/volume'
import type { ActionContext } from '../backend'
import { readChain, readImage, type Chain } from './chain'
import { compact } from './compact'
import type { HostCommands } from './host-commands'
import { runningUsers } from './image-users'
import { runLong } from './long-command'
import { argvOf, type OneCommand } from './qemu-img'
import { onlyLooks, refuseInUse, refuseOptions, refuseOthersOnBase, refuseUnfit } from './refusals'
import { sizeFacts } from './facts'
import { checkResult, compareResult, isAnswer } from './results'
import { toolError } from './tool-errors'

export async function act(
  host: HostCommands,
  usageOf: () => Promise<StorageUsage>,
  path: string,
  action: ImageAction,
  context: ActionContext,
): Promise<ImageResult> {
  refuseOptions(action)
  const chain = await readChain(host, path)
  refuseUnfit(chain, path, action)
  const usage = await usageOf()
  refuseInUse(usage, path, action)
  if (action.kind === 'compact') {
    return compact(host, chain, context, async () => refuseInUse(await usageOf(), path, action))
  }
  if (action.kind === 'commit') refuseOthersOnBase(usage, path, chain.images[1]?.path ?? path)
  const ready = await prepared(host, path, action)
  const target = 'to' in ready ? ready.to : undefined
  if (target !== undefined) await refuseTaken(host, target)
  const other =
    ready.kind === 'compare' ? (await readImage(host, ready.with, ready.withFormat)).info : undefined
  const argv = argvOf(path, ready, { own: chain.top.info.format, other: other?.format })
  const ended = await runLong(host, argv, { context, ...(target === undefined ? {} : { target }) }).catch(
    (error: unknown) => {
      throw withRemains(error, ready)
    },
  )
  if (!isAnswer(ready, ended)) throw withRemains(failure(ready, ended, chain), ready)
  return resultOf(host, path, ready, ended, runningUsers(usage, path).length > 0)
}

/** What qemu-img would have to guess is found out first: the format of the new base, and whether it leads back here. */
async function prepared(host: HostCommands, path: string, action: OneCommand): Promise<OneCommand> {
  if (action.kind !== 'rebase' || action.base === undefined) return action
  const base = await readChain(host, action.base)
  if (base.images.some((one) => one.path === path)) {
    throw new AppError('invalid', 'That image is built on this one', {
      field: 'base',
      cure: 'Choose a base that does not need this image.',
    })
  }
  return { ...action, baseFormat: action.baseFormat ?? base.top.info.format }
}

async function refuseTaken(host: HostCommands, target: string): Promise<void> {
  // -L: a link to nowhere is there too
  const isThere = async (what: string): Promise<boolean> =>
    (await host.run(['test', what, target])).code === 0
  if ((await isThere('-e')) || (await isThere('-L'))) {
    throw new AppError('already-exists', 'There is a file of this name on the host already', {
      field: 'to',
      cure: 'Choose another name.',
      detail: target,
    })
  }
}

function failure(
  action: OneCommand,
  { code, stderr, stdout }: { code: number; stderr: string; stdout: string },
  chain: Chain,
): AppError {
  if (action.kind === 'check' && code === 63) {
    return new AppError('unsupported', `Images of format ${chain.top.info.format} cannot be checked`, {
      cure: 'They keep no tables that could be wrong.',
    })
  }
  return toolError('qemu-img', { code, stderr: stderr.trim() === '' ? stdout : stderr })
}

/** What an action that did not end leaves behind, where it is more than nothing. */
function withRemains(error: unknown, action: OneCommand): unknown {
  if (!(error instanceof AppError)) return error
  const told = (cure: string): AppError =>
    new AppError(error.kind, error.message, { cure, detail: error.detail, field: error.field, cause: error })
  if (action.kind === 'convert' && isSeveralFiles(action.format, action.options)) {
    return told(
      `Parts of the new image may be left beside ${action.to}: files of that name with -flat, -s001 or -f001.`,
    )
  }
  if (error.kind !== 'cancelled') return error
  if (action.kind === 'convert' || action.kind === 'dd') {
    return new AppError('cancelled', 'It was cancelled; what was written of the new image was removed', {
      cause: error,
    })
  }
  return onlyLooks(action)
    ? error
    : told('The image can be used. Check it, and begin again: some of its space may be taken without need.')
}

async function resultOf(
  host: HostCommands,
  path: string,
  action: OneCommand,
  ended: { code: number; stdout: string; stderr: string },
  isInUse: boolean,
): Promise<ImageResult> {
  const facts = async (of: string, format?: string): Promise<ImageResult['facts']> =>
    sizeFacts((await readImage(host, of, format)).info)
  switch (action.kind) {
    case 'check':
      return checkResult(ended, isInUse)
    case 'compare':
      return compareResult(ended)
    case 'rebase':
      return action.base === undefined
        ? { summary: 'The image stands alone now', facts: await facts(path) }
        : { summary: `The image is built on ${action.base} now`, facts: await facts(path) }
    case 'commit':
      return { summary: 'What this image had changed is in its base now', facts: await facts(path) }
    case 'convert':
      return { summary: `The new image is ${action.to}`, facts: await facts(action.to) }
    case 'dd':
      return { summary: `The part is in ${action.to}`, facts: await facts(action.to, action.format) }
    case 'amend':
      return { summary: 'The image was changed', facts: await facts(path) }
    case 'resize':
      return {
        summary: 'The image has its new size',
        facts: [
          ...(await facts(path)),
          [
            'Inside the guest',
            'the free space lies behind the last partition; grow partition and file system there',
          ],
        ],
      }
  }
}

import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AppError } from '../../../shared/errors'
import { Askpass } from './askpass'
import { makePrivateFolder, removeFolder } from './private-folder'

let folder: string
let askpass: Askpass
let asked: { question: string; asker: string }[]
let told: string[]
let failed: AppError[]
let answer: (question: string) => Promise<string>

beforeEach(async () => {
  folder = await makePrivateFolder()
  asked = []
  told = []
  failed = []
  askpass = await Askpass.open(folder, {
    answer: (question, asker) => {
      asked.push({ question, asker })
      return answer(question)
    },
    tell: (notice) => told.push(notice),
    fail: (error) => failed.push(error),
  })
})
afterEach(async () => {
  await askpass.close()
  await removeFolder(folder)
})

/** As ssh runs it. */
function ask(question: string, hint?: string): { output: Promise<string>; kill(): void } {
  const env = { ...process.env, ...(hint === undefined ? {} : { SSH_ASKPASS_PROMPT: hint }) }
  const child = spawn(askpass.program, [question], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  return { output: text(child.stdout), kill: () => void child.kill() }
}

describe('the helper that ssh asks through', () => {
  it('takes question and answer through unharmed, whatever is in them', async () => {
    const question = `Two\nlines %s \\n 'quoted' "x" $HOME \`id\` żółw`
    const secret = `-n pä$$ %s \\t 'x' "y" \`id\` end `
    answer = async () => secret
    expect(await ask(question).output).toBe(`${secret}\n`)
    expect(asked).toEqual([{ question, asker: String(process.pid) }])
  })

  it('answers questions that come at the same time each with its own', async () => {
    answer = async (question) => `to ${question}`
    const outputs = Array.from({ length: 8 }, (_, index) => ask(`question ${index}`).output)
    expect(await Promise.all(outputs)).toEqual(outputs.map((_, index) => `to question ${index}\n`))
  })

  it('passes a notice on and waits for nothing', async () => {
    expect(await ask('Confirm user presence for key ED25519-SK SHA256:abc', 'none').output).toBe('')
    await expect.poll(() => told).toEqual(['Confirm user presence for key ED25519-SK SHA256:abc'])
    expect(asked).toEqual([])
  })

  it('says that there is no answer, and leaves ssh without one', async () => {
    answer = async () => Promise.reject(new Error('broken'))
    const helper = ask('x')
    await expect.poll(() => failed).toMatchObject([{ kind: 'internal' }])
    helper.kill()
    expect(await helper.output).toBe('')
  })

  it('refuses an answer of two lines, of which ssh would get one', async () => {
    answer = async () => 'a\nb'
    const helper = ask('x')
    await expect.poll(() => failed).toMatchObject([{ kind: 'invalid' }])
    helper.kill()
    await helper.output
  })

  it('leaves no pipe of an answer behind', async () => {
    answer = async () => 'x'
    await ask('x').output
    expect(readdirSync(folder).toSorted()).toEqual(['askpass', 'questions'])
  })
})

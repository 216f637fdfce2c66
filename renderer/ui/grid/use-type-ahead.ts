import { useRef } from 'react'

const forgetAfterMs = 800

/** Collects letters typed in quick succession into a word. */
export function useTypeAhead(): (letter: string) => string {
  const typed = useRef({ word: '', atMs: 0 })
  return (letter) => {
    const now = performance.now()
    const { word, atMs } = typed.current
    const isFresh = now - atMs > forgetAfterMs
    const repeats = !isFresh && word.length === 1 && word === letter
    typed.current = { word: isFresh || repeats ? letter : word + letter, atMs: now }
    return typed.current.word
  }
}

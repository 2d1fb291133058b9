import { defineConfig } from "vite";

export default defineConfig({
  build: {
    outDir: "../src/marrow/sync/static/field",
    emptyOutDir: false,
    target: "es2022",
    lib: { entry: "src/worker.ts", formats: ["iife"], name: "worker", fileName: () => "sw.js" },
  },
});

//! What is said on both sides of a draft that two fill in.

crate::words! {
    pub BesideWords {
        saved: "已保存" | "Saved",
        saving: "正在保存…" | "Saving…",
        cut_off: "连接断了，正在重连。已填的内容不会丢。" | "The connection is lost. Reconnecting; nothing typed is lost.",
        helper_here: "{name} 正在旁边协助" | "{name} is helping you",
        applicant_here: "申请人在线" | "The applicant is here",
        nobody_here: "申请人暂时不在" | "The applicant is not here just now",
        other_here: "对方在这里" | "The other is here",
        displaced: "刚才还写了：" | "Also written just now:",
        take_displaced: "改用它" | "Use it instead",
        drop_displaced: "不用" | "Leave it",
        end_help: "结束协助" | "End the help",
        group_of: "第 {at} 组，共 {all} 组" | "Part {at} of {all}",
        previous: "上一组" | "Previous",
        next: "下一组" | "Next",
        materials: "材料" | "Materials",
        add_photo: "拍照或选文件" | "Take a photo or choose a file",
        take_photo: "拍照" | "Photograph",
        sending_file: "正在上传…" | "Sending…",
        no_file: "还没有" | "None yet",
        files: "已传 {count} 件" | "{count} added",
        remove_file: "删除" | "Remove",
        complete: "都填好了。" | "Everything is filled in.",
        wrong: "还有 {count} 处要改" | "{count} to correct",
    }
}

//! What stands around the fields of every form.

crate::words! {
    pub ApplyWords {
        optional: "（选填）" | "(optional)",
        example: "例如" | "For example",
        yes: "是" | "Yes",
        no: "否" | "No",
        no_answer: "不填" | "No answer",
        choose: "请选择" | "Choose",
        agree: "我已阅读并同意" | "I have read this and agree",
        yuan: "元" | "yuan",
        region: "省、市、区县" | "Province, city, district",
        detail: "街道和门牌号" | "Street and number",
        person_name: "姓名" | "Name",
        business_name: "名称" | "Name",
        paper: "证件种类" | "Kind of document",
        by_number: "按号码识别" | "As its number says",
        number: "证件号码" | "Number",
        code: "统一社会信用代码" | "Credit code",
        row: "第 {n} 行" | "Row {n}",
        add_row: "添加一行" | "Add a row",
        remove: "删除" | "Remove",
        typed_date: "写成 2027-03-01 这样" | "Written as 2027-03-01",
        offered_before: "前面填过：" | "You filled in before:",
        offered_earlier: "您上次申请时填的：" | "In your last application:",
        offered_licence: "您的证照上写着：" | "On what the hall issued to you:",
        take_offered: "用这个" | "Use it",
        applicant_agrees: "由申请人本人勾选" | "Only the applicant ticks this",
        remove_row: "删除第 {n} 行" | "Remove row {n}",
    }
}

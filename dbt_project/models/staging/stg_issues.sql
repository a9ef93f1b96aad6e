with

landed as (
    {{ live_rows('_issues') }}
),

final as (
    select
        import_id,
        dataset,
        {{ normal_name('school_ref') }} as school_ref,
        cast(school_year as integer) as school_year,
        file_name,
        sheet_name,
        cast(row_number as integer) as source_row,
        column_name,
        rule_code,
        severity,
        message_zh,
        message_en,
        raw_value
    from landed
)

select * from final
